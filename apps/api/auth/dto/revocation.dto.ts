import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { IgnoresUnknownFields } from '../../problem/dto.decorators.js';

/** The form of a token revocation (RFC 7009, 2.1). Ignores other parameters. */
@IgnoresUnknownFields()
export class RevokeTokenDto {
  @ApiProperty({
    description: 'A refresh token of the session',
    example: 'u4Zr1fN1mF0bq2W8cXvJ5kQyT7sLd9hGpRa3eYiKoBE',
  })
  @IsOptional()
  @IsString()
  token?: string;

  @ApiPropertyOptional({ description: 'Not used' })
  token_type_hint?: string;
}
