import { Body, Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IdempotencyKey } from '#idempotency';
import { OrderNotFound, OrderRefundsService } from '#orders';
import {
  REFUND_REASONS,
  REFUND_STATE_MEANINGS,
  REFUND_STATES,
  RefundExceedsPayment,
  RefundNotFound,
} from '#refunds';
import type { Actor, AuthenticatedUser } from '#users';
import { Access, CurrentActor, CurrentUser } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { RequestKey, type Replayable } from '../idempotency/idempotency.interceptor.js';
import { Idempotent } from '../idempotency/idempotent.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { describeStates } from '../openapi/states.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { ApiConditionalRead, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { OrderRefundDto, RefundDto } from './dto/refund.dto.js';
import { RefundOrderDto } from './dto/refund-order.dto.js';

const REASONS = REFUND_REASONS.map((reason) => `\`${reason}\``).join(', ');

@ApiTags('Money desk')
@Controller('orders/:id/refunds')
export class OrderRefundsController {
  constructor(private readonly refunds: OrderRefundsService) {}

  @Access('POST /orders/{id}/refunds')
  @Post()
  @AcceptsJson()
  @Idempotent(RefundDto, {
    created: 'Recorded; the worker sends it to the payment provider',
    key: 'with the same key a repeated request never refunds twice. Kept with the refund.',
  })
  @ApiOperation({
    summary: 'Give a part of the payment back, or all of it',
    description: `The order stays as it is. The amount is in cents: 450 is 4.50. It may be at most what the customer paid and has not got back. \`reason\` is one of ${REASONS}. The refund is \`pending\` at first:\n\n${describeStates(REFUND_STATE_MEANINGS, REFUND_STATES)}`,
  })
  @Problems(OrderNotFound, RefundExceedsPayment)
  @Problems(invalidField('amount_cents', 'amount_cents must not be less than 1'))
  async refundOrder(
    @Param() { id }: IdDto,
    @Body() { amount_cents: amountCents, reason, note }: RefundOrderDto,
    @CurrentActor() requestedBy: Actor,
    @RequestKey() key: IdempotencyKey | undefined,
  ): Promise<Replayable<RefundDto>> {
    const request = { amountCents, reason, note: note ?? null, requestedBy };
    const { refund, replayed } = await this.refunds.request(id, request, key);
    return { body: RefundDto.asRequested(refund, requestedBy.role), replayed };
  }

  @Access('GET /orders/{id}/refunds')
  @Get()
  @ApiOperation({
    summary: 'List the refunds of an order, oldest first',
    description: 'Customers see those of their own orders, managers all.',
  })
  @ApiOkResponse({ type: [RefundDto] })
  @Problems(OrderNotFound, ...INVALID_ID)
  async listOrderRefunds(
    @Param() { id }: IdDto,
    @CurrentUser() reader: AuthenticatedUser,
  ): Promise<RefundDto[]> {
    const refunds = await this.refunds.list(id, reader);
    return refunds.map((refund) => RefundDto.from(refund, reader.role));
  }

  @Access('GET /orders/{id}/refunds/{refund_id}')
  @Get(':refund_id')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Show a refund of an order',
    description: 'Customers see those of their own orders, managers all.',
  })
  @ApiOkResponse({ type: RefundDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(OrderNotFound, RefundNotFound, ...INVALID_ID)
  async getRefund(
    @Param() { id, refund_id: refundId }: OrderRefundDto,
    @CurrentUser() reader: AuthenticatedUser,
  ): Promise<RefundDto> {
    return RefundDto.from(await this.refunds.get(id, refundId, reader), reader.role);
  }
}
