import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { VerifiedClaims } from '#auth';
import { OrderNotFound } from '#orders';
import { OrderLookupService, PlacementDeclined, PlacementPending } from '#placements';
import type { AuthenticatedUser } from '#users';
import { Access, CurrentAccess, CurrentUser, TakesTicket } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { EXAMPLE_ORDER } from '../orders/dto/example-order.dto.js';
import { INVALID_ID, Problems } from '../problem/problem.decorators.js';
import { ApiEventStream } from './event-stream.decorators.js';
import { LiveBoard } from './live-board.service.js';

@ApiTags('Orders')
@Controller('orders')
export class OrderStreamController {
  constructor(
    private readonly lookup: OrderLookupService,
    private readonly board: LiveBoard,
  ) {}

  @Access('GET /orders/{id}/stream')
  @Get(':id/stream')
  @TakesTicket()
  @ApiOperation({
    summary: 'Follow an order as it changes',
    description:
      'For programs: the response never ends, so this page cannot show it. Customers follow their own orders, the staff any.',
  })
  @ApiEventStream({
    events: 'It is the order, and so is each `order`, which comes whenever the order changed.',
    example: { snapshot: EXAMPLE_ORDER, order: { ...EXAMPLE_ORDER, status: 'preparation' } },
  })
  @Problems(OrderNotFound, PlacementPending, PlacementDeclined, ...INVALID_ID)
  async streamOrder(
    @Param() { id }: IdDto,
    @CurrentUser() reader: AuthenticatedUser,
    @CurrentAccess() access: VerifiedClaims,
    @Res() response: Response,
  ): Promise<void> {
    const order = await this.lookup.get(id, reader);
    this.board.open(response, access, order.id);
  }
}
