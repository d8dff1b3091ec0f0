import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { MenuService, type Menu } from '#catalog';
import { Access } from '../auth/auth.decorators.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { Problems } from '../problem/problem.decorators.js';
import { entityTagOfText } from '../resources/entity-tag.js';
import { ApiConditionalRead, ETAG } from '../resources/resource.decorators.js';
import { MenuDto } from './dto/product.dto.js';

interface RenderedMenu {
  /** The UTF-8 bytes as latin1 text: Node writes it together with the headers, without encoding it again. */
  body: string;
  etag: string;
}

@ApiTags('Menu')
@Controller('menu')
export class MenuController {
  /** Each menu is rendered once, not for each request. */
  private readonly rendered = new WeakMap<Menu, RenderedMenu>();

  constructor(private readonly menu: MenuService) {}

  @Access('GET /menu')
  @Get()
  @ApiOperation({
    summary: 'Show the menu',
    description:
      'The menu has what the shop sells, with all variations and prices in cents: 400 is 4.00. Everybody can read it.',
  })
  @ApiOkResponse({ type: MenuDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(DatabaseUnavailable)
  async getMenu(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { body, etag } = this.render(await this.menu.current());
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'no-cache');
    if (request.fresh) {
      response.status(304).end();
    } else {
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.setHeader('Content-Length', body.length);
      response.end(body, 'latin1');
    }
  }

  private render(menu: Menu): RenderedMenu {
    const known = this.rendered.get(menu);
    if (known) return known;
    const json = JSON.stringify(MenuDto.from(menu));
    const rendered = { body: Buffer.from(json).toString('latin1'), etag: entityTagOfText(json) };
    this.rendered.set(menu, rendered);
    return rendered;
  }
}
