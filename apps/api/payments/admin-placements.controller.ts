import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { AuthenticatedUser } from '#auth';
import { ResolutionService } from '#orders';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { linkNextPage } from '../pagination/next-page.js';
import { Problems } from '../problem/problem.decorators.js';
import { PlacementDto, PlacementPageDto, ResolvePlacementDto } from './dto/placement.dto.js';

@ApiTags('admin: placements')
@Roles('manager')
@Controller('admin/placements')
export class AdminPlacementsController {
  constructor(private readonly resolutions: ResolutionService) {}

  @Get()
  @ApiOperation({ summary: 'List the attempts to place an order, newest first' })
  @ApiOkResponse({
    type: [PlacementDto],
    headers: { Link: { description: 'The next page, `rel="next"`', schema: { type: 'string' } } },
  })
  @Problems({ 422: 'A limit, cursor or state that does not fit' })
  async list(@Query() query: PlacementPageDto, @Req() request: Request): Promise<PlacementDto[]> {
    const page = query.toRequest();
    const placements = await this.resolutions.list(page, query.state);
    linkNextPage(
      request,
      page,
      placements.map(({ placement }) => placement),
    );
    return placements.map((placement) => PlacementDto.from(placement));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Settle a placement by what the provider says of its charge' })
  @ApiOkResponse({ type: PlacementDto })
  @Problems({
    404: '`Placement not found`',
    409: 'Its state admits no such word: it still runs, or was settled otherwise',
    415: 'The body is not JSON by its content type',
    422: 'The body does not fit, or the id is no UUID',
  })
  async resolve(
    @Param() { id }: IdDto,
    @Body() { outcome, note }: ResolvePlacementDto,
    @CurrentUser() manager: AuthenticatedUser,
  ): Promise<PlacementDto> {
    return PlacementDto.from(await this.resolutions.resolve(id, { outcome, note, resolvedBy: manager.id }));
  }
}
