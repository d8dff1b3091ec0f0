import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Config, VERSION } from '#config';
import { Access } from '../auth/auth.decorators.js';
import { LinksDto } from './dto/links.dto.js';

@ApiTags('Service')
@Controller()
export class RootController {
  constructor(private readonly config: Config) {}

  @Access('GET /')
  @Get()
  @ApiOperation({
    summary: 'Show the links to everything else',
    description:
      'The links lead to the documentation, the board, the menu, the health check and, in development, the sandbox.',
  })
  @ApiOkResponse({ type: LinksDto })
  getLinks(): LinksDto {
    return {
      message: 'Coffee Shop Order API',
      docs: '/docs',
      board: '/board',
      version: VERSION,
      menu: `${this.config.apiPrefix}/menu`,
      health: '/health/ready',
      sandbox: this.config.sandboxUrl,
    };
  }
}
