import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsInstant, IsNotBefore, toDate } from '../../times/instant.js';

/** Null is refused: a client that forgot to set a variable must not send everything again. */
function isGiven(_: unknown, value: unknown): boolean {
  return value !== undefined;
}

/** Which dead notifications to send again. */
export class RedriveNotificationsDto {
  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-11-24T10:00:00Z',
    description: 'Only those that were created then or later',
  })
  @ValidateIf(isGiven)
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-11-24T13:00:00Z',
    description: 'Only those that were created then or earlier',
  })
  @ValidateIf(isGiven)
  @IsNotBefore('from')
  @IsInstant()
  to?: string;

  toRange(): { from?: Date; to?: Date } {
    return { from: toDate(this.from), to: toDate(this.to) };
  }
}

export class RedriveResultDto {
  @ApiProperty({
    type: 'integer',
    example: 3,
    description: 'The number of notifications that are pending again',
  })
  count: number;
}
