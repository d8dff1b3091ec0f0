import { Controller, Get, Header, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShopService } from '#shop';
import { Access } from '../auth/auth.decorators.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { Problems } from '../problem/problem.decorators.js';
import { ApiConditionalRead, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { ShopDto } from './dto/shop.dto.js';

@ApiTags('Shop')
@Controller('shop')
export class ShopController {
  constructor(private readonly shop: ShopService) {}

  @Access('GET /shop')
  @Get()
  @Header('Cache-Control', 'no-cache')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({ summary: 'Show whether the shop takes orders, and when it is open' })
  @ApiOkResponse({ type: ShopDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(DatabaseUnavailable)
  async getShop(): Promise<ShopDto> {
    return ShopDto.from(await this.shop.current());
  }
}
