import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { OrdersService } from '#orders';
import { Access } from '../auth/auth.decorators.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { OrderPageDto } from './dto/order-page.dto.js';
import { OrderDto } from './dto/order.dto.js';

@ApiTags('admin: orders')
@Controller('admin/orders')
export class AdminOrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Access('GET /admin/orders')
  @Get()
  @ApiOperation({ summary: 'List all orders, newest first' })
  @ApiPage(OrderDto)
  async list(@Query() query: OrderPageDto, @Req() request: Request): Promise<OrderDto[]> {
    const orders = await paginate(
      request,
      query,
      (page) => this.orders.list(page, { status: query.status }),
      (order) => order,
    );
    return orders.map((order) => OrderDto.from(order));
  }
}
