import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ORDER_STATUS_MEANINGS, ORDER_STATUSES, OrdersService } from '#orders';
import { Access } from '../auth/auth.decorators.js';
import { describeStates } from '../openapi/states.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { OrderSearchDto } from './dto/order-page.dto.js';
import { OrderDto } from './dto/order.dto.js';

@ApiTags('Orders')
@Controller('admin/orders')
export class AdminOrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Access('GET /admin/orders')
  @Get()
  @ApiOperation({
    summary: 'Find orders of all customers, newest first',
    description: `Search by number, customer, status or time; without any of them, all orders are listed.\n\n${describeStates(ORDER_STATUS_MEANINGS, ORDER_STATUSES)}`,
  })
  @ApiPage(OrderDto)
  async searchOrders(@Query() query: OrderSearchDto, @Req() request: Request): Promise<OrderDto[]> {
    const orders = await paginate(
      request,
      query,
      (page) => this.orders.list(page, query.toFilter()),
      (order) => order,
    );
    return orders.map((order) => OrderDto.from(order));
  }
}
