import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthService, IncorrectCredentials, TooManyFailedLogins } from '#auth';
import { TooManyConcurrentLogins } from '#users';
import type { IdentifiedRequest } from '../http/identified-request.js';
import { AcceptsForm } from '../http/accepts.decorators.js';
import { clientAddress } from '../http/client-address.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { Access } from './auth.decorators.js';
import { LogInDto, TokenDto } from './dto/token.dto.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Access('POST /auth/token')
  @Post('token')
  @AcceptsForm()
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in with e-mail and password' })
  @ApiOkResponse({ type: TokenDto })
  @Problems(invalidField('password', 'password must be a string'))
  @Problems(IncorrectCredentials, TooManyFailedLogins, TooManyConcurrentLogins, DatabaseUnavailable)
  async logIn(
    @Body() { username, password }: LogInDto,
    @Req() request: IdentifiedRequest,
  ): Promise<TokenDto> {
    const address = clientAddress(request);
    const attempt = { email: username, password, address, requestId: request.id };
    return TokenDto.from(await this.auth.logIn(attempt));
  }
}
