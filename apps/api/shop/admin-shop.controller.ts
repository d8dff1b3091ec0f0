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

@Controller('admin/shop')
export class AdminShopController {
  constructor(private readonly settings: ShopSettingsService) {}

  @Access('PUT /admin/shop/hours')
  @ApiTags('Shop')
  @Put('hours')
  @AcceptsJson(HOURS_BODY)
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Set when the shop is open',
    description:
      'Replaces all hours and exceptions. Without any interval and exception, the shop is always open. Times are local, in the `time_zone` of `GET /shop`.',
  })
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
  @ApiTags('Counter')
  @Put('pause')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Take no orders for a while',
    description:
      'Give `minutes` or `until`; without both, the pause has no end. It ends by itself, and another one replaces it. Managers can still order.',
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
  @ApiTags('Counter')
  @Delete('pause')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End the pause',
    description: 'Customers can order again at once. Without a pause, nothing changes.',
  })
  @ApiNoContentResponse()
  @ApiConditionalChange()
  async resumeShop(@CurrentActor() actor: Actor, @IfMatch() ifMatch: string[]): Promise<void> {
    await this.settings.resume(contextOf(actor, ifMatch));
  }

  @Access('PUT /admin/shop/limits')
  @ApiTags('Shop')
  @Put('limits')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Limit how many orders may be open at once',
    description:
      'Further orders are refused until one is delivered or cancelled. The limit holds for managers, too. `null` means that there is no limit.',
  })
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
