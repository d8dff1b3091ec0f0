import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { OrdersService } from '#orders';
import { Roles } from '../auth/auth.decorators.js';
import { paginate, withLookahead } from '../pagination/next-page.js';
import { PAGE_UNFIT, Problems } from '../problem/problem.decorators.js';
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
  @Problems(PAGE_UNFIT)
  async list(@Query() query: OrderPageDto, @Req() request: Request): Promise<OrderDto[]> {
    const page = query.toRequest();
    const orders = await this.orders.list(withLookahead(page), query.status);
    return paginate(request, page, orders, (order) => order).map((entry) => OrderDto.from(entry));
  }
}
