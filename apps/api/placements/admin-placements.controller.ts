import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { PlacementNotFound, PlacementNotResolvable, RefundInProgress, ResolutionsService } from '#placements';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { PlacementDto, PlacementPageDto, ResolvePlacementDto } from './dto/placement.dto.js';

@ApiTags('admin: placements')
@Controller('admin/placements')
export class AdminPlacementsController {
  constructor(private readonly resolutions: ResolutionsService) {}

  @Access('GET /admin/placements')
  @Get()
  @ApiOperation({ summary: 'List the attempts to place an order, newest first' })
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
  @ApiOperation({ summary: 'Read an attempt to place an order, with its resolutions' })
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
    summary: 'Settle a placement by what the provider says of its charge',
    description:
      'Repeated with the same outcome it keeps the further note. `charged` for a due refund that was rejected asks for another refund.',
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
