import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What is well' })
  info?: object;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What is not' })
  error?: object;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What was looked at' })
  details: object;
}
