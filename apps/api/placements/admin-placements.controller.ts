import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  PLACEMENT_STATE_MEANINGS,
  PLACEMENT_STATES,
  PlacementNotFound,
  PlacementNotResolvable,
  RefundInProgress,
  ResolutionsService,
} from '#placements';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { describeStates } from '../openapi/states.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { PlacementDto, PlacementPageDto, ResolvePlacementDto } from './dto/placement.dto.js';

@ApiTags('Money desk')
@Controller('admin/placements')
export class AdminPlacementsController {
  constructor(private readonly resolutions: ResolutionsService) {}

  @Access('GET /admin/placements')
  @Get()
  @ApiOperation({
    summary: 'List the attempts to place an order, newest first',
    description: `A placement is one attempt to pay for an order. Look for \`unknown\`, \`declined_unconfirmed\` and \`refund_due\`: they may need you.\n\n${describeStates(PLACEMENT_STATE_MEANINGS, PLACEMENT_STATES)}`,
  })
  @ApiPage(PlacementDto)
  async listPlacements(@Query() query: PlacementPageDto, @Req() request: Request): Promise<PlacementDto[]> {
    const placements = await paginate(
      request,
      query,
      (page) => this.resolutions.list(page, { state: query.state, orderId: query.order_id }),
      ({ placement }) => placement,
    );
    return placements.map((entry) => PlacementDto.from(entry));
  }

  @Access('GET /admin/placements/{id}')
  @Get(':id')
  @ApiOperation({
    summary: 'Show an attempt to place an order',
    description: 'It has all that managers said about its payment.',
  })
  @ApiOkResponse({ type: PlacementDto })
  @Problems(PlacementNotFound, ...INVALID_ID)
  async getPlacement(@Param() { id }: IdDto): Promise<PlacementDto> {
    return PlacementDto.from(await this.resolutions.get(id));
  }

  @Access('POST /admin/placements/{id}/resolve')
  @Post(':id/resolve')
  @AcceptsJson()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say whether a payment was made',
    description:
      'For a placement whose payment is in doubt. Look it up at the payment provider first, by the `provider_key` of the placement. \n\n- `charged`: it was paid. An `unknown` placement becomes an order. The payment of a `declined_unconfirmed` one goes back to the customer. If the provider rejected the refund of a `refund_due` one, another refund is made.\n- `not_charged`: it was not paid, and there is no order.\n\nThe `note` says what you found; it is kept. If you say the same again, the further note is added.',
  })
  @ApiOkResponse({ type: PlacementDto })
  @Problems(PlacementNotFound, PlacementNotResolvable, RefundInProgress)
  @Problems(invalidField('outcome', 'outcome must be one of the following values: charged, not_charged'))
  async resolvePlacement(
    @Param() { id }: IdDto,
    @Body() { outcome, note }: ResolvePlacementDto,
    @CurrentActor() manager: Actor,
  ): Promise<PlacementDto> {
    const resolution = { outcome, note, resolvedBy: manager };
    return PlacementDto.from(await this.resolutions.resolve(id, resolution));
  }
}
