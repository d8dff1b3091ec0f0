import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthService } from '#auth';
import { DATABASE_AWAY, problem, Problems, TOO_LARGE, unfit } from '../problem/problem.decorators.js';
import { Public } from './auth.decorators.js';
import { LogInDto, TokenDto } from './dto/token.dto.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Public()
  @Post('token')
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in with e-mail and password' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse({ type: TokenDto })
  @Problems(
    problem(400, 'bad_request', 'The body is not valid UTF-8'),
    problem(401, 'incorrect_credentials', 'Incorrect email or password'),
    TOO_LARGE,
    problem(415, 'unsupported_media_type', 'The body must be application/x-www-form-urlencoded'),
    unfit('password', 'password must be a string'),
    problem(429, 'too_many_failed_logins', 'Too many failed logins; wait before the next try'),
    problem(503, 'logins_busy', 'Too many logins at once; repeat the request'),
    DATABASE_AWAY,
  )
  async logIn(@Body() { username, password }: LogInDto, @Ip() address: string): Promise<TokenDto> {
    return TokenDto.from(await this.auth.logIn({ email: username, password, address }));
  }
}
