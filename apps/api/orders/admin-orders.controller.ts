import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { OrdersService } from '#orders';
import { Roles } from '../auth/auth.decorators.js';
import { linkNextPage } from '../pagination/next-page.js';
import { Problems } from '../problem/problem.decorators.js';
import { OrderPageDto } from './dto/order-page.dto.js';
import { OrderDto } from './dto/order.dto.js';

@ApiTags('admin: orders')
@Roles('manager')
@Controller('admin/orders')
export class AdminOrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  @ApiOperation({ summary: 'List all orders, newest first' })
  @ApiOkResponse({
    type: [OrderDto],
    headers: { Link: { description: 'The next page, `rel="next"`', schema: { type: 'string' } } },
  })
  @Problems({ 422: 'A limit, cursor or status that does not fit' })
  async list(@Query() query: OrderPageDto, @Req() request: Request): Promise<OrderDto[]> {
    const page = query.toRequest();
    const orders = await this.orders.list(page, query.status);
    linkNextPage(request, page, orders);
    return orders.map((order) => OrderDto.from(order));
  }
}
