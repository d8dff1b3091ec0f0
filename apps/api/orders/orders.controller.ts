import { Body, Controller, Get, Param, Patch, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { AuthenticatedUser } from '#auth';
import { InvalidOrderLine, TotalMismatch, TotalTooLarge } from '#catalog';
import { InvalidStatus, InvalidTransition, OrderNotFound, OrdersService } from '#orders';
import {
  IdempotencyKeyReused,
  InvalidIdempotencyKey,
  OrderLookupService,
  PaymentDeclined,
  PaymentOutcomeUnknown,
  PaymentUnavailable,
  PlacementDeclined,
  PlacementInProgress,
  PlacementPending,
  PlacementsService,
  TooManyConcurrentOrders,
  type IdempotencyKey,
} from '#placements';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import type { IdentifiedRequest } from '../http/identified-request.js';
import {
  IdempotencyInterceptor,
  RequestKey,
  type Replayable,
} from '../idempotency/idempotency.interceptor.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import {
  ApiConditionalChange,
  ApiConditionalRead,
  ETAG,
  NEW_RESOURCE_HEADERS,
} from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { ChangeStatusDto } from './dto/change-status.dto.js';
import { OrderPageDto } from './dto/order-page.dto.js';
import { OrderDto, type FormerOrderDto } from './dto/order.dto.js';
import { PlaceOrderDto } from './dto/place-order.dto.js';

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placements: PlacementsService,
    private readonly orders: OrdersService,
    private readonly lookup: OrderLookupService,
  ) {}

  @Roles('customer', 'manager')
  @Post()
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor, IdempotencyInterceptor)
  @ApiOperation({
    summary: 'Place an order and pay for it',
    description:
      'The response to a request from before orders had numbers stays as it was: its last member is `payment`.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '1 to 255 printable ASCII characters, best a UUID: with the same key a repeated request never charges twice. Kept for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: OrderDto, description: 'Paid and placed', headers: NEW_RESOURCE_HEADERS })
  @ApiOkResponse({
    type: OrderDto,
    description: 'The response of the first request with this key',
    headers: { ...ETAG, 'Idempotent-Replayed': { schema: { type: 'string', enum: ['true'] } } },
  })
  @Problems(invalidField('items.0.quantity', 'quantity must not be greater than 100'))
  @Problems(InvalidOrderLine, TotalMismatch, TotalTooLarge)
  @Problems(InvalidIdempotencyKey, IdempotencyKeyReused, PlacementInProgress)
  @Problems(PaymentDeclined, PaymentUnavailable, PaymentOutcomeUnknown, TooManyConcurrentOrders)
  async place(
    @Body() body: PlaceOrderDto,
    @CurrentUser() customer: AuthenticatedUser,
    @RequestKey() key: IdempotencyKey | undefined,
    @Req() request: IdentifiedRequest,
  ): Promise<Replayable<OrderDto | FormerOrderDto>> {
    const context = { customer, key, requestId: request.id };
    const { order, replayed } = await this.placements.place(body.toRequest(), context);
    return { body: OrderDto.from(order), replayed };
  }

  @Roles('customer', 'manager')
  @Get()
  @ApiOperation({ summary: 'List your own orders, newest first' })
  @ApiPage(OrderDto)
  async list(
    @Query() query: OrderPageDto,
    @CurrentUser() { id: customerId }: AuthenticatedUser,
    @Req() request: Request,
  ): Promise<OrderDto[]> {
    const orders = await paginate(
      request,
      query,
      (page) => this.orders.list(page, { customerId, status: query.status }),
      (order) => order,
    );
    return orders.map((order) => OrderDto.from(order));
  }

  @Roles('customer', 'manager')
  @Get(':id')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Read an order: customers their own, managers any',
    description:
      'After a 503 with an `order_id`, its customer gets 404 with the code `placement_pending` until the outcome of the payment is known, then 200 or 404 with the code `placement_declined`.',
  })
  @ApiOkResponse({ type: OrderDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(OrderNotFound, PlacementPending, PlacementDeclined, ...INVALID_ID)
  async read(@Param() { id }: IdDto, @CurrentUser() reader: AuthenticatedUser): Promise<OrderDto> {
    return OrderDto.from(await this.lookup.get(id, reader));
  }

  @Roles('manager')
  @Patch(':id/status')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({ summary: 'Move an order to its next status: waiting → preparation → ready → delivered' })
  @ApiOkResponse({ type: OrderDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(InvalidTransition, InvalidStatus, OrderNotFound)
  @Problems(invalidField('status', 'status must be a string'))
  async changeStatus(
    @Param() { id }: IdDto,
    @Body() { status }: ChangeStatusDto,
    @CurrentUser() manager: AuthenticatedUser,
    @IfMatch() ifMatch: string[],
  ): Promise<OrderDto> {
    const precondition = preconditionOf(ifMatch, OrderDto);
    return OrderDto.from(await this.orders.changeStatus(id, status, manager.id, precondition));
  }
}
