import { Body, Controller, Delete, HttpCode, Put, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UntilNotInFuture } from '#errors';
import { OverlappingHours, ShopSettingsService, type ChangeContext } from '#shop';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import { ApiConditionalChange, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { SetShopHoursDto } from './dto/hours.dto.js';
import { SetShopLimitsDto, PauseShopDto } from './dto/settings.dto.js';
import { ShopDto } from './dto/shop.dto.js';

/** 100 exceptions with 8 intervals each need 18 KB, and 70 KB with every character escaped. */
const HOURS_BODY = { maxBytes: 128 * 1024 };

@ApiTags('admin: shop')
@Controller('admin/shop')
export class AdminShopController {
  constructor(private readonly settings: ShopSettingsService) {}

  @Access('PUT /admin/shop/hours')
  @Put('hours')
  @AcceptsJson(HOURS_BODY)
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({ summary: 'Set when the shop is open' })
  @ApiOkResponse({ type: ShopDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(invalidField('weekly.mon.0.1', 'weekly.mon.0.1 must be a local time from "00:00" to "23:59"'))
  @Problems(OverlappingHours)
  async setShopHours(
    @Body() body: SetShopHoursDto,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<ShopDto> {
    return ShopDto.from(await this.settings.setHours(body.toHours(), contextOf(actor, ifMatch)));
  }

  @Access('PUT /admin/shop/pause')
  @Put('pause')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Take no orders of customers for a while',
    description: 'The pause ends by itself. Another one replaces it. Managers can still order.',
  })
  @ApiOkResponse({ type: ShopDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(UntilNotInFuture)
  async pauseShop(
    @Body() body: PauseShopDto,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<ShopDto> {
    return ShopDto.from(await this.settings.pause(body.toRequest(), contextOf(actor, ifMatch)));
  }

  @Access('DELETE /admin/shop/pause')
  @Delete('pause')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the pause, if there is one' })
  @ApiNoContentResponse()
  @ApiConditionalChange()
  async resumeShop(@CurrentActor() actor: Actor, @IfMatch() ifMatch: string[]): Promise<void> {
    await this.settings.resume(contextOf(actor, ifMatch));
  }

  @Access('PUT /admin/shop/limits')
  @Put('limits')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({ summary: 'Limit how many orders may be open at once; the limit holds for managers, too' })
  @ApiOkResponse({ type: ShopDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(invalidField('max_open_orders', 'max_open_orders must not be less than 1'))
  async setShopLimits(
    @Body() { max_open_orders: maxOpenOrders }: SetShopLimitsDto,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<ShopDto> {
    return ShopDto.from(await this.settings.setLimit(maxOpenOrders, contextOf(actor, ifMatch)));
  }
}

function contextOf(actor: Actor, ifMatch: string[]): ChangeContext {
  return { actor, precondition: preconditionOf(ifMatch, ShopDto) };
}
