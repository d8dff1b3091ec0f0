import { Body, Controller, Get, Param, Patch, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { AuthenticatedUser } from '#auth';
import type { IdempotencyKey } from '#placements';
import { OrdersService } from '#orders';
import { PlacementsService } from '#placements';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import {
  IdempotencyInterceptor,
  RequestKey,
  type Replayable,
} from '../idempotency/idempotency.interceptor.js';
import { IdDto } from '../ids/dto/id.dto.js';
import {
  ID_UNFIT,
  NOT_JSON,
  NOT_JSON_TYPE,
  problem,
  Problems,
  TOO_LARGE,
  unfit,
} from '../problem/problem.decorators.js';
import { ChangeStatusDto } from './dto/change-status.dto.js';
import { OrderDto } from './dto/order.dto.js';
import { PlaceOrderDto } from './dto/place-order.dto.js';
import { ORDER_NOT_FOUND, PLACEMENT_PROBLEMS } from './orders.problems.js';

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placements: PlacementsService,
    private readonly orders: OrdersService,
  ) {}

  @Roles('customer', 'manager')
  @Post()
  @UseInterceptors(IdempotencyInterceptor)
  @ApiOperation({ summary: 'Place an order and pay for it' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '1 to 255 printable ASCII characters, best a UUID: with the same key a repeated request never charges twice. Kept for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: OrderDto, description: 'Paid and placed' })
  @ApiOkResponse({
    type: OrderDto,
    description: 'The answer that the first request with this key had',
    headers: { 'Idempotent-Replayed': { schema: { type: 'string', enum: ['true'] } } },
  })
  @Problems(...PLACEMENT_PROBLEMS)
  async place(
    @Body() body: PlaceOrderDto,
    @CurrentUser() customer: AuthenticatedUser,
    @RequestKey() key: IdempotencyKey | undefined,
    @Req() request: Request & { id: string },
  ): Promise<Replayable<OrderDto>> {
    const { order, replayed } = await this.placements.place(body.toRequest(), {
      customer,
      key,
      requestId: request.id,
    });
    return { body: OrderDto.from(order), replayed };
  }

  @Roles('customer', 'manager')
  @Get(':id')
  @ApiOperation({ summary: 'Read an order: customers their own, managers any' })
  @ApiOkResponse({ type: OrderDto })
  @Problems(ORDER_NOT_FOUND, ...ID_UNFIT)
  async read(@Param() { id }: IdDto, @CurrentUser() reader: AuthenticatedUser): Promise<OrderDto> {
    return OrderDto.from(await this.orders.read(id, reader));
  }

  @Roles('manager')
  @Patch(':id/status')
  @ApiOperation({ summary: 'Move an order to its next status: waiting → preparation → ready → delivered' })
  @ApiOkResponse({ type: OrderDto })
  @Problems(
    problem(
      400,
      'invalid_transition',
      'Invalid transition: current status is waiting, only next allowed is preparation.',
    ),
    problem(400, 'invalid_status', 'Invalid status: eaten. Allowed: waiting, preparation, ready, delivered'),
    NOT_JSON,
    ORDER_NOT_FOUND,
    TOO_LARGE,
    NOT_JSON_TYPE,
    unfit('status', 'status must be a string'),
  )
  async changeStatus(
    @Param() { id }: IdDto,
    @Body() { status }: ChangeStatusDto,
    @CurrentUser() manager: AuthenticatedUser,
  ): Promise<OrderDto> {
    return OrderDto.from(await this.orders.changeStatus(id, status, manager.id));
  }
}
