import { Body, Controller, Get, Param, Patch, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { InvalidOrderLine, SoldOut, TotalMismatch, TotalTooLarge } from '#catalog';
import type { IdempotencyKey } from '#idempotency';
import { InvalidStatus, InvalidTransition, OrderNotFound, OrdersService } from '#orders';
import {
  OrderLookupService,
  PaymentDeclined,
  PaymentOutcomeUnknown,
  PaymentUnavailable,
  PlacementDeclined,
  PlacementInProgress,
  PlacementPending,
  PlacementsService,
  TooManyConcurrentOrders,
} from '#placements';
import { OrderingPaused, ShopBusy, ShopClosed } from '#shop';
import type { Actor, AuthenticatedUser } from '#users';
import { Access, CurrentActor, CurrentUser } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import type { IdentifiedRequest } from '../http/identified-request.js';
import { RequestKey, type Replayable } from '../idempotency/idempotency.interceptor.js';
import { Idempotent } from '../idempotency/idempotent.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import { ApiConditionalChange, ApiConditionalRead, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { ChangeStatusDto } from './dto/change-status.dto.js';
import { OrderEventDto } from './dto/order-event.dto.js';
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

  @Access('POST /orders')
  @Post()
  @AcceptsJson()
  @Idempotent(OrderDto, {
    created: 'Paid and placed',
    key: 'with the same key a repeated request never charges twice. Kept for 24 hours.',
  })
  @ApiOperation({
    summary: 'Place an order and pay for it',
    description:
      'The response to a request from before orders had numbers stays as it was: its last member is `payment`.',
  })
  @Problems(invalidField('items.0.quantity', 'quantity must not be greater than 100'))
  @Problems(ShopClosed, OrderingPaused, ShopBusy)
  @Problems(InvalidOrderLine, SoldOut, TotalMismatch, TotalTooLarge)
  @Problems(
    PlacementInProgress,
    PaymentDeclined,
    PaymentUnavailable,
    PaymentOutcomeUnknown,
    TooManyConcurrentOrders,
  )
  async place(
    @Body() body: PlaceOrderDto,
    @CurrentUser() customer: AuthenticatedUser,
    @RequestKey() key: IdempotencyKey | undefined,
    @Req() request: IdentifiedRequest,
  ): Promise<Replayable<OrderDto | FormerOrderDto>> {
    const context = { customer, key, origin: request.origin };
    const { order, replayed } = await this.placements.place(body.toRequest(), context);
    return { body: OrderDto.from(order), replayed };
  }

  @Access('GET /orders')
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

  @Access('GET /orders/{id}')
  @Get(':id')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Read an order: customers their own, staff any',
    description:
      'After a 503 with an `order_id`, its customer gets 404 with the code `placement_pending` until the outcome of the payment is known, then 200 or 404 with the code `placement_declined`.',
  })
  @ApiOkResponse({ type: OrderDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(OrderNotFound, PlacementPending, PlacementDeclined, ...INVALID_ID)
  async read(@Param() { id }: IdDto, @CurrentUser() reader: AuthenticatedUser): Promise<OrderDto> {
    return OrderDto.from(await this.lookup.get(id, reader));
  }

  @Access('GET /orders/{id}/timeline')
  @Get(':id/timeline')
  @ApiOperation({
    summary: 'Read what happened to an order, oldest first: customers their own, staff any',
  })
  @ApiOkResponse({ type: [OrderEventDto] })
  @Problems(OrderNotFound, ...INVALID_ID)
  async timeline(@Param() { id }: IdDto, @CurrentUser() reader: AuthenticatedUser): Promise<OrderEventDto[]> {
    return (await this.orders.timeline(id, reader)).map((event) => OrderEventDto.from(event));
  }

  @Access('PATCH /orders/{id}/status')
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
    @CurrentActor() changedBy: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<OrderDto> {
    const precondition = preconditionOf(ifMatch, OrderDto);
    return OrderDto.from(await this.orders.changeStatus(id, status, changedBy, precondition));
  }
}
