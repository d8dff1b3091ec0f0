import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { IssuedToken } from '#auth';
import { IgnoresUnknownFields } from '../../problem/dto.decorators.js';

/** The form of OAuth2's password grant (RFC 6749, 4.3.2), which the OpenAPI UI sends. Ignores other parameters (3.2). */
@IgnoresUnknownFields()
export class LogInDto {
  @ApiProperty({ description: 'The e-mail, in any case', example: 'customer@example.com' })
  @IsString()
  @Length(1, 320)
  username: string;

  @ApiProperty({ format: 'password', example: 'customer123' })
  @IsString()
  @Length(1, 1024)
  password: string;

  @ApiPropertyOptional({ enum: ['password'] })
  @IsOptional()
  @IsIn(['password', ''])
  grant_type?: string;

  @ApiPropertyOptional({ description: 'Not used' })
  @IsOptional()
  @IsString()
  scope?: string;

  @ApiPropertyOptional({ description: 'Not used' })
  @IsOptional()
  @IsString()
  client_id?: string;

  @ApiPropertyOptional({ description: 'Not used' })
  @IsOptional()
  @IsString()
  client_secret?: string;
}

export class TokenDto {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`' })
  access_token: string;

  @ApiProperty({ enum: ['bearer'] })
  token_type: 'bearer';

  @ApiProperty({ type: 'integer', description: 'Seconds', example: 1800 })
  expires_in: number;

  static from({ accessToken, expiresInSeconds }: IssuedToken): TokenDto {
    return { access_token: accessToken, token_type: 'bearer', expires_in: expiresInSeconds };
  }
}
