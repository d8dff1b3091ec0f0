import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AccountsService, IncorrectCredentials, TooManyFailedLogins, TooManyRegistrations } from '#auth';
import {
  EmailTaken,
  PasswordRefused,
  TooManyConcurrentLogins,
  type Actor,
  type AuthenticatedUser,
} from '#users';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { clientAddress } from '../http/client-address.js';
import type { IdentifiedRequest } from '../http/identified-request.js';
import { requestTarget } from '../http/request-target.js';
import { headers } from '../openapi/headers.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';
import { Access, CurrentActor, CurrentUser } from './auth.decorators.js';
import { AccountDto, ChangeMyPasswordDto, RegisterAccountDto } from './dto/account.dto.js';

@ApiTags('People')
@Controller('auth')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Access('POST /auth/register')
  @Post('register')
  @AcceptsJson()
  @ApiOperation({
    summary: 'Register as a customer',
    description: 'Everybody can register. `POST /admin/users` adds a member of the staff.',
  })
  @ApiCreatedResponse({ type: AccountDto, headers: headers('Location') })
  @Problems(invalidField('email', 'email must be an e-mail'), PasswordRefused, EmailTaken)
  @Problems(TooManyRegistrations, TooManyConcurrentLogins, DatabaseUnavailable)
  async registerAccount(
    @Body() { email, password }: RegisterAccountDto,
    @Req() request: IdentifiedRequest,
  ): Promise<AccountDto> {
    const address = clientAddress(request);
    const account = await this.accounts.register({ email, password, address, context: request.context });
    request.res?.setHeader('Location', requestTarget(request).path.replace(/register\/?$/, 'me'));
    return AccountDto.from(account);
  }

  @Access('GET /auth/me')
  @Get('me')
  @ApiOperation({ summary: 'Show your own account' })
  @ApiOkResponse({ type: AccountDto })
  async getMyAccount(@CurrentUser() { id }: AuthenticatedUser): Promise<AccountDto> {
    return AccountDto.from(await this.accounts.get(id));
  }

  @Access('POST /auth/password')
  @Post('password')
  @AcceptsJson()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change your own password',
    description: 'You are logged out everywhere else.',
  })
  @ApiNoContentResponse()
  @Problems(invalidField('new_password', 'new_password must be a string'), PasswordRefused)
  @Problems(IncorrectCredentials, TooManyFailedLogins, TooManyConcurrentLogins)
  async changeMyPassword(
    @Body() { current_password: currentPassword, new_password: newPassword }: ChangeMyPasswordDto,
    @CurrentActor() actor: Actor,
    @Req() request: IdentifiedRequest,
  ): Promise<void> {
    const address = clientAddress(request);
    await this.accounts.changePassword(actor, { currentPassword, newPassword, address });
  }
}
