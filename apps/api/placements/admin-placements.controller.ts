import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { AuthenticatedUser } from '#auth';
import { ResolutionsService } from '#placements';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate, withLookahead } from '../pagination/next-page.js';
import {
  NOT_JSON,
  NOT_JSON_TYPE,
  PAGE_UNFIT,
  problem,
  Problems,
  TOO_LARGE,
  unfit,
} from '../problem/problem.decorators.js';
import { PlacementDto, PlacementPageDto, ResolvePlacementDto } from './dto/placement.dto.js';

@ApiTags('admin: placements')
@Roles('manager')
@Controller('admin/placements')
export class AdminPlacementsController {
  constructor(private readonly resolutions: ResolutionsService) {}

  @Get()
  @ApiOperation({ summary: 'List the attempts to place an order, newest first' })
  @ApiOkResponse({
    type: [PlacementDto],
    headers: { Link: { description: 'The next page, `rel="next"`', schema: { type: 'string' } } },
  })
  @Problems(PAGE_UNFIT)
  async list(@Query() query: PlacementPageDto, @Req() request: Request): Promise<PlacementDto[]> {
    const page = query.toRequest();
    const placements = await this.resolutions.list(withLookahead(page), query.state);
    return paginate(request, page, placements, ({ placement }) => placement).map((entry) =>
      PlacementDto.from(entry),
    );
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Settle a placement by what the provider says of its charge' })
  @ApiOkResponse({ type: PlacementDto })
  @Problems(
    NOT_JSON,
    problem(404, 'placement_not_found', 'Placement not found'),
    problem(
      409,
      'placement_not_resolvable',
      'A placement that is charging cannot be resolved as charged',
      'It still runs, or was settled otherwise',
    ),
    TOO_LARGE,
    NOT_JSON_TYPE,
    unfit('outcome', 'outcome must be one of the following values: charged, not_charged'),
  )
  async resolve(
    @Param() { id }: IdDto,
    @Body() { outcome, note }: ResolvePlacementDto,
    @CurrentUser() manager: AuthenticatedUser,
  ): Promise<PlacementDto> {
    return PlacementDto.from(await this.resolutions.resolve(id, { outcome, note, resolvedBy: manager.id }));
  }
}
