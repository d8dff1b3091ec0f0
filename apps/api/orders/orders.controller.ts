import { Body, Controller, Get, Param, Patch, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { AuthenticatedUser } from '#auth';
import type { IdempotencyKey } from '#idempotency';
import { OrdersService, PlacementService } from '#orders';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import {
  IdempotencyInterceptor,
  RequestKey,
  type Replayable,
} from '../idempotency/idempotency.interceptor.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { Problems } from '../problem/problem.decorators.js';
import { ChangeStatusDto } from './dto/change-status.dto.js';
import { OrderDto } from './dto/order.dto.js';
import { PlaceOrderDto } from './dto/place-order.dto.js';

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placements: PlacementService,
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
  @Problems({
    400: '`Invalid product_id or variation_id: …`, a malformed Idempotency-Key, or a body that is not JSON',
    402: '`Payment failed: …`, with the answer in `provider`; final for this key',
    409: '`Total mismatch: computed X, received Y`, or the first request with this key still runs (`Retry-After`)',
    413: 'The body is larger than 100 KB',
    415: 'The body is not JSON by its content type',
    422: 'The body does not fit, or the key was used with another body (`idempotency_key_reused`)',
    503: 'Nothing was charged (`payment_unavailable`), or nobody knows yet (`payment_outcome_unknown`): repeat with the same key after `Retry-After`',
  })
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
  @Problems({ 404: "`Order not found`, also for another customer's", 422: 'The id is no UUID' })
  async read(@Param() { id }: IdDto, @CurrentUser() reader: AuthenticatedUser): Promise<OrderDto> {
    return OrderDto.from(await this.orders.read(id, reader));
  }

  @Roles('manager')
  @Patch(':id/status')
  @ApiOperation({ summary: 'Move an order to its next status: waiting → preparation → ready → delivered' })
  @ApiOkResponse({ type: OrderDto })
  @Problems({
    400: '`Invalid transition: current status is X, only next allowed is Y.` or `Invalid status: X. Allowed: …`',
    404: '`Order not found`',
    415: 'The body is not JSON by its content type',
    422: 'The body does not fit, or the id is no UUID',
  })
  async changeStatus(
    @Param() { id }: IdDto,
    @Body() { status }: ChangeStatusDto,
    @CurrentUser() manager: AuthenticatedUser,
  ): Promise<OrderDto> {
    return OrderDto.from(await this.orders.changeStatus(id, status, manager.id));
  }
}
