import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, ValidateIf } from 'class-validator';
import type { IssuedTokens } from '#auth';
import { IgnoresUnknownFields } from '../../problem/dto.decorators.js';

const REFRESH = 'refresh_token';
const STAYS_LOGGED_IN = 'offline_access';

/**
 * The form of two grants of OAuth2 (RFC 6749, 4.3.2 and 6): a password, as the OpenAPI UI sends it, or a refresh token. Ignores other
 * parameters (3.2).
 */
@IgnoresUnknownFields()
export class IssueTokenDto {
  @ApiPropertyOptional({ enum: ['password', REFRESH], default: 'password' })
  @IsOptional()
  @IsIn(['password', REFRESH, ''], { message: `grant_type must be password or ${REFRESH}` })
  grant_type?: string;

  @ApiPropertyOptional({
    description: 'Required with a password: the e-mail, in any case',
    example: 'customer@example.com',
  })
  @ValidateIf((form: IssueTokenDto) => !form.isRefresh)
  @IsString()
  @Length(1, 320)
  username: string;

  @ApiPropertyOptional({
    description: 'Required with `username`',
    format: 'password',
    example: 'customer123',
  })
  @ValidateIf((form: IssueTokenDto) => !form.isRefresh)
  @IsString()
  @Length(1, 1024)
  password: string;

  @ApiPropertyOptional({
    description: `With \`${STAYS_LOGGED_IN}\`, a login also returns a refresh token`,
    example: STAYS_LOGGED_IN,
  })
  @IsOptional()
  @IsString()
  scope?: string;

  @ApiPropertyOptional({ description: `Required with the grant type \`${REFRESH}\`; each works once` })
  @IsOptional()
  @IsString()
  refresh_token?: string;

  @ApiPropertyOptional({ description: 'Not used' })
  @IsOptional()
  @IsString()
  client_id?: string;

  @ApiPropertyOptional({ description: 'Not used' })
  @IsOptional()
  @IsString()
  client_secret?: string;

  get isRefresh(): boolean {
    return this.grant_type === REFRESH;
  }

  get staysLoggedIn(): boolean {
    return this.scope?.split(' ').includes(STAYS_LOGGED_IN) ?? false;
  }
}

export class TokenDto {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`' })
  access_token: string;

  @ApiProperty({ enum: ['bearer'] })
  token_type: 'bearer';

  @ApiProperty({ type: 'integer', description: 'Seconds', example: 1800 })
  expires_in: number;

  @ApiPropertyOptional({
    description:
      'Continues the session. Only with a refresh, or a login with the scope `offline_access`. ' +
      'A repeat within ten seconds returns the same one; a later repeat ends the session',
    example: 'u4Zr1fN1mF0bq2W8cXvJ5kQyT7sLd9hGpRa3eYiKoBE',
  })
  refresh_token?: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'After how many seconds without a refresh the session ends',
    example: 604_800,
  })
  refresh_expires_in?: number;

  static from(issued: IssuedTokens): TokenDto {
    return {
      access_token: issued.accessToken,
      token_type: 'bearer',
      expires_in: issued.expiresInSeconds,
      refresh_token: issued.refreshToken,
      refresh_expires_in: issued.refreshExpiresInSeconds,
    };
  }
}
