import { createHash } from 'node:crypto';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { MenuService, type Menu } from '#catalog';
import { Public } from '../auth/auth.decorators.js';
import { DATABASE_AWAY, Problems } from '../problem/problem.decorators.js';
import { MenuDto, ProductDto } from './dto/product.dto.js';

interface RenderedMenu {
  /** UTF-8, a character for each byte: Node sends such text in one piece with the headers and encodes nothing again. */
  bytes: string;
  etag: string;
}

@ApiTags('menu')
@Controller('menu')
export class MenuController {
  /** Rendered once for each menu, not for each guest who reads it. */
  private readonly rendered = new WeakMap<Menu, RenderedMenu>();

  constructor(private readonly menu: MenuService) {}

  @Public()
  @Get()
  @ApiOperation({ summary: 'What the shop sells, with all variations and prices' })
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'The ETag of the menu that the client has',
  })
  @ApiOkResponse({ type: MenuDto, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 304, description: 'The menu is the one that the client has' })
  @Problems(DATABASE_AWAY)
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { bytes, etag } = this.render(await this.menu.current());
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'no-cache');
    if (request.fresh) {
      response.status(304).end();
    } else {
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.setHeader('Content-Length', bytes.length);
      response.end(bytes, 'latin1');
    }
  }

  private render(menu: Menu): RenderedMenu {
    const known = this.rendered.get(menu);
    if (known) return known;
    const dto: MenuDto = { products: menu.products.map((product) => ProductDto.from(product)) };
    const body = Buffer.from(JSON.stringify(dto));
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    const rendered = { bytes: body.toString('latin1'), etag };
    this.rendered.set(menu, rendered);
    return rendered;
  }
}
