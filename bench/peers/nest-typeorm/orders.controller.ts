import { Body, Controller, ForbiddenException, Get, Headers, Param, ParseUUIDPipe, Patch, Post, Req, Res, UseGuards } from '@nestjs/common'; // prettier-ignore
import { AuthGuard } from '@nestjs/passport';
import type { Response } from 'express';
import { ChangeStatusDto, PlaceOrderDto } from './dtos.js';
import { Order, type User } from './entities.js';
import { OrdersService } from './orders.service.js';

@UseGuards(AuthGuard('jwt'))
@Controller('api/v1/orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  async place(
    @Body() body: PlaceOrderDto,
    @Req() { user }: { user: User },
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<Order> {
    const { order, replayed } = await this.orders.place(user, body, key);
    if (replayed) response.status(200).setHeader('Idempotent-Replayed', 'true');
    return order;
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string, @Req() { user }: { user: User }): Promise<Order> {
    return this.orders.get(id, user);
  }

  @Patch(':id/status')
  changeStatus(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { status }: ChangeStatusDto,
    @Req() { user }: { user: User },
  ): Promise<Order> {
    if (user.role !== 'manager') throw new ForbiddenException('Insufficient permissions');
    return this.orders.changeStatus(id, status, user);
  }
}
