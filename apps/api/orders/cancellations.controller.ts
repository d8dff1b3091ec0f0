import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CancellationsService, OrderDelivered, OrderInPreparation, OrderNotFound } from '#orders';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import { ApiConditionalChange, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { CancelOrderDto } from './dto/cancel-order.dto.js';
import { OrderDto } from './dto/order.dto.js';

@ApiTags('Orders')
@Controller('orders/:id/cancel')
export class CancellationsController {
  constructor(private readonly cancellations: CancellationsService) {}

  @Access('POST /orders/{id}/cancel')
  @Post()
  @AcceptsJson()
  @HttpCode(200)
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Cancel an order and give its payment back',
    description:
      'Customers may cancel their own orders and baristas any while it is `waiting`; managers any until it is `delivered`. All that is not yet refunded goes back to the customer; `GET /orders/{id}/refunds` shows how far that is. Repeated, it changes nothing and returns the order.',
  })
  @ApiBody({ type: CancelOrderDto, required: false })
  @ApiOkResponse({ type: OrderDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(OrderNotFound, OrderInPreparation, OrderDelivered)
  @Problems(invalidField('note', 'note must have at most 1000 characters'))
  async cancelOrder(
    @Param() { id }: IdDto,
    @Body() { reason, note }: CancelOrderDto,
    @CurrentActor() cancelledBy: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<OrderDto> {
    const cancellation = { reason: reason ?? null, note: note ?? null, cancelledBy };
    const precondition = preconditionOf(ifMatch, OrderDto);
    return OrderDto.from(await this.cancellations.cancel(id, cancellation, precondition));
  }
}
