import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthService, IncorrectCredentials, TooManyFailedLogins, type IssuedTokens } from '#auth';
import { InvalidGrant, SessionsService } from '#sessions';
import { TooManyConcurrentLogins } from '#users';
import type { IdentifiedRequest } from '../http/identified-request.js';
import { AcceptsForm } from '../http/accepts.decorators.js';
import { clientAddress } from '../http/client-address.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { Access } from './auth.decorators.js';
import { RevokeTokenDto } from './dto/revocation.dto.js';
import { TokenDto, IssueTokenDto } from './dto/token.dto.js';
import { MissingParameter } from './missing-parameter.js';

@ApiTags('People')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
  ) {}

  @Access('POST /auth/token')
  @Post('token')
  @AcceptsForm()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in, or stay logged in',
    description:
      'For programs. On this page, log in with **Authorize**. Takes an e-mail as `username` and a password, or a refresh token. A user has at most 100 sessions: another one ends the oldest.',
  })
  @ApiOkResponse({ type: TokenDto })
  @Problems(InvalidGrant, { example: new MissingParameter('refresh_token') })
  @Problems(invalidField('password', 'password must be a string'))
  @Problems(IncorrectCredentials, TooManyFailedLogins, TooManyConcurrentLogins, DatabaseUnavailable)
  async issueToken(@Body() form: IssueTokenDto, @Req() request: IdentifiedRequest): Promise<TokenDto> {
    return TokenDto.from(await (form.isRefresh ? this.refresh(form, request) : this.logIn(form, request)));
  }

  @Access('POST /auth/revoke')
  @Post('revoke')
  @AcceptsForm()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log out: end the session of a refresh token',
    description: 'For programs. Another token, also an access token, changes nothing.',
  })
  @ApiOkResponse({ description: 'Access tokens of the session stop working within 30 seconds' })
  @Problems({ example: new MissingParameter('token') }, invalidField('token', 'token must be a string'))
  @Problems(DatabaseUnavailable)
  async revokeToken(@Body() { token }: RevokeTokenDto, @Req() { context }: IdentifiedRequest): Promise<void> {
    if (!token) throw new MissingParameter('token');
    await this.sessions.end(token, context);
  }

  private logIn(form: IssueTokenDto, request: IdentifiedRequest): Promise<IssuedTokens> {
    const { username: email, password, staysLoggedIn } = form;
    const address = clientAddress(request);
    return this.auth.logIn({ email, password, address, context: request.context, staysLoggedIn });
  }

  private refresh(form: IssueTokenDto, { context }: IdentifiedRequest): Promise<IssuedTokens> {
    if (!form.refresh_token) throw new MissingParameter('refresh_token');
    return this.auth.refresh(form.refresh_token, context);
  }
}
