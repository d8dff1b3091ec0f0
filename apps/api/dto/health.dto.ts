import { ApiProperty } from '@nestjs/swagger';

export class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What was looked at' })
  details: object;
}
