import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  Validate,
  ValidateIf,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { IsInstant } from '../../times/instant.js';

@ValidatorConstraint()
class IsNotBeforeFrom implements ValidatorConstraintInterface {
  validate(_: unknown, { object }: ValidationArguments): boolean {
    if (!(object instanceof RedriveDto)) return false;
    const { from, to } = object.toRange();
    return !from || !to || !(from > to);
  }

  defaultMessage(): string {
    return '$property must not be before from';
  }
}

/** Null is refused: a client that forgot to set a variable must not send everything again. */
function isGiven(_: unknown, value: unknown): boolean {
  return value !== undefined;
}

/** Which dead notifications to send again. */
export class RedriveDto {
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
  @Validate(IsNotBeforeFrom)
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

function toDate(text?: string): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
