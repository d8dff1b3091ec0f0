import { Body, Controller, Get, Param, Patch, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { InvalidOrderLine, SoldOut, TotalMismatch, TotalTooLarge } from '#catalog';
import type { IdempotencyKey } from '#idempotency';
import {
  InvalidStatus,
  InvalidTransition,
  ORDER_STATUS_MEANINGS,
  ORDER_STATUSES,
  OrderNotFound,
  OrdersService,
  PROGRESS_STATUSES,
} from '#orders';
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
import { describeStates } from '../openapi/states.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import { ApiConditionalChange, ApiConditionalRead, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { ChangeOrderStatusDto } from './dto/change-order-status.dto.js';
import { OrderEventDto } from './dto/order-event.dto.js';
import { OrderPageDto } from './dto/order-page.dto.js';
import { OrderDto, type FormerOrderDto } from './dto/order.dto.js';
import { PlaceOrderDto } from './dto/place-order.dto.js';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placements: PlacementsService,
    private readonly orders: OrdersService,
    private readonly lookup: OrderLookupService,
  ) {}

  @Access('POST /orders')
  @ApiTags('Orders')
  @Post()
  @AcceptsJson()
  @Idempotent(OrderDto, {
    created: 'Paid and placed',
    key: 'with the same key a repeated request never charges twice. Kept for 24 hours.',
  })
  @ApiOperation({
    summary: 'Place an order and pay for it',
    description:
      'The payment provider is charged at once, for the sum of the prices. Amounts are in cents: 900 is 9.00. After `npm start` the provider is a sandbox, so no money moves, and the example buys two Lattes with Pumpkin Spice. The ids of products and variations are in `GET /menu`.',
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
  async placeOrder(
    @Body() body: PlaceOrderDto,
    @CurrentUser() customer: AuthenticatedUser,
    @RequestKey() key: IdempotencyKey | undefined,
    @Req() request: IdentifiedRequest,
  ): Promise<Replayable<OrderDto | FormerOrderDto>> {
    const caller = { customer, key, context: request.context };
    const { order, replayed } = await this.placements.place(body.toRequest(), caller);
    return { body: OrderDto.from(order), replayed };
  }

  @Access('GET /orders')
  @ApiTags('Orders')
  @Get()
  @ApiOperation({
    summary: 'List your own orders, newest first',
    description: `\`GET /admin/orders\` has the orders of everybody.\n\n${describeStates(ORDER_STATUS_MEANINGS, ORDER_STATUSES)}`,
  })
  @ApiPage(OrderDto)
  async listMyOrders(
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
  @ApiTags('Orders')
  @Get(':id')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Show an order',
    description:
      'Customers see their own orders, the staff sees all. The `id` is that of the order, not its number; `GET /admin/orders` finds it by the number.\n\nFor programs: after a 503 with an `order_id`, its customer gets 404 with the code `placement_pending` until the outcome of the payment is known, then 200 or 404 with the code `placement_declined`.',
  })
  @ApiOkResponse({ type: OrderDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(OrderNotFound, PlacementPending, PlacementDeclined, ...INVALID_ID)
  async getOrder(@Param() { id }: IdDto, @CurrentUser() reader: AuthenticatedUser): Promise<OrderDto> {
    return OrderDto.from(await this.lookup.get(id, reader));
  }

  @Access('GET /orders/{id}/timeline')
  @ApiTags('Orders')
  @Get(':id/timeline')
  @ApiOperation({
    summary: 'Show what happened to an order, oldest first',
    description:
      'The timeline says when it was placed, moved on, cancelled and refunded, and by whom. Customers see their own orders, the staff sees all.',
  })
  @ApiOkResponse({ type: [OrderEventDto] })
  @Problems(OrderNotFound, ...INVALID_ID)
  async getOrderTimeline(
    @Param() { id }: IdDto,
    @CurrentUser() reader: AuthenticatedUser,
  ): Promise<OrderEventDto[]> {
    return (await this.orders.timeline(id, reader)).map((event) => OrderEventDto.from(event));
  }

  @Access('PATCH /orders/{id}/status')
  @ApiTags('Counter')
  @Patch(':id/status')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Move an order to its next status',
    description: `An order goes from \`waiting\` to \`preparation\`, \`ready\` and \`delivered\`, one step at a time and never back. \`POST /orders/{id}/cancel\` cancels it.\n\n${describeStates(ORDER_STATUS_MEANINGS, PROGRESS_STATUSES)}`,
  })
  @ApiOkResponse({ type: OrderDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(InvalidTransition, InvalidStatus, OrderNotFound)
  @Problems(invalidField('status', 'status must be a string'))
  async changeOrderStatus(
    @Param() { id }: IdDto,
    @Body() { status }: ChangeOrderStatusDto,
    @CurrentActor() changedBy: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<OrderDto> {
    const precondition = preconditionOf(ifMatch, OrderDto);
    return OrderDto.from(await this.orders.changeStatus(id, status, changedBy, precondition));
  }
}
