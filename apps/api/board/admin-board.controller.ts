import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { VerifiedClaims } from '#auth';
import { OPEN_STATUSES, ORDER_STATUS_MEANINGS, OrdersService } from '#orders';
import { Access, CurrentAccess, TakesTicket } from '../auth/auth.decorators.js';
import { describeStates } from '../openapi/states.js';
import { EXAMPLE_ORDER } from '../orders/dto/example-order.dto.js';
import { BoardDto } from './dto/board.dto.js';
import { ApiEventStream } from './event-stream.decorators.js';
import { LiveBoard } from './live-board.service.js';

@ApiTags('Counter')
@Controller('admin/board')
export class AdminBoardController {
  constructor(
    private readonly orders: OrdersService,
    private readonly board: LiveBoard,
  ) {}

  @Access('GET /admin/board')
  @Get()
  @ApiOperation({
    summary: 'Show the open orders, oldest first',
    description: `Open orders are not handed over yet:\n\n${describeStates(ORDER_STATUS_MEANINGS, OPEN_STATUSES)}`,
  })
  @ApiOkResponse({ type: BoardDto })
  async getBoard(): Promise<BoardDto> {
    return BoardDto.from(await this.orders.board());
  }

  @Access('GET /admin/board/stream')
  @Get('stream')
  @TakesTicket()
  @ApiOperation({
    summary: 'Follow the open orders, the menu and the shop as they change',
    description:
      'For programs: the response never ends, so this page cannot show it. People use the board at `/board`. Changes by any process arrive. Read `GET /menu` and `GET /shop` after each `snapshot`: their events come only when they change.',
  })
  @ApiEventStream({
    events:
      'It is the body of `GET /admin/board`, and comes again when `truncated` changes. Each `order` is a whole order that is new or changed; one that leaves the board comes once more, in its last state. ' +
      '`menu` and `shop` are the bodies of `GET /menu` and `GET /shop`, when those changed.',
    example: { snapshot: { orders: [], truncated: false }, order: EXAMPLE_ORDER },
  })
  streamBoard(@Res() response: Response, @CurrentAccess() access: VerifiedClaims): void {
    this.board.open(response, access);
  }
}
