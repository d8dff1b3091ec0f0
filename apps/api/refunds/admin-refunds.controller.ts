import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  REFUND_STATE_MEANINGS,
  REFUND_STATES,
  RefundNotFound,
  RefundNotResolvable,
  RefundResolutionsService,
} from '#refunds';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { describeStates } from '../openapi/states.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { AdminRefundDto, RefundPageDto, ResolveRefundDto } from './dto/admin-refund.dto.js';

@ApiTags('Money desk')
@Controller('admin/refunds')
export class AdminRefundsController {
  constructor(private readonly refunds: RefundResolutionsService) {}

  @Access('GET /admin/refunds')
  @Get()
  @ApiOperation({
    summary: 'List all refunds, newest first',
    description: `Look for \`unknown\`: these may need you.\n\n${describeStates(REFUND_STATE_MEANINGS, REFUND_STATES)}`,
  })
  @ApiPage(AdminRefundDto)
  async listRefunds(@Query() query: RefundPageDto, @Req() request: Request): Promise<AdminRefundDto[]> {
    const refunds = await paginate(
      request,
      query,
      (page) => this.refunds.list(page, query.state),
      ({ refund }) => refund,
    );
    return refunds.map((entry) => AdminRefundDto.of(entry));
  }

  @Access('POST /admin/refunds/{id}/resolve')
  @Post(':id/resolve')
  @AcceptsJson()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say whether a refund was made',
    description:
      'For a refund that is in doubt. Look it up at the payment provider first, by the id of the refund. `refunded`: the customer has the money. `not_refunded`: the customer does not have it; you can then give it back with another refund. The `note` says what you found; it is kept. The refund must be `unknown`; if the shop is not connected for refunds, it may also be `pending`. If you say the same again, only the further note is added.',
  })
  @ApiOkResponse({ type: AdminRefundDto })
  @Problems(RefundNotFound, RefundNotResolvable)
  @Problems(invalidField('outcome', 'outcome must be one of the following values: refunded, not_refunded'))
  async resolveRefund(
    @Param() { id }: IdDto,
    @Body() { outcome, note }: ResolveRefundDto,
    @CurrentActor() resolvedBy: Actor,
  ): Promise<AdminRefundDto> {
    return AdminRefundDto.of(await this.refunds.resolve(id, { outcome, note, resolvedBy }));
  }
}
