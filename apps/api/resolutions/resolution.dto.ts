import { ApiProperty } from '@nestjs/swagger';

interface Resolution<Outcome> {
  outcome: Outcome;
  note: string;
  resolvedBy: string;
  resolvedAt: Date;
}

/** A manager's decision. Subclasses document their outcomes. */
export abstract class ResolutionDto {
  abstract outcome: string;

  @ApiProperty()
  note: string;

  @ApiProperty({ format: 'uuid' })
  resolved_by: string;

  @ApiProperty({ format: 'date-time' })
  resolved_at: string;

  static from<Outcome extends string>(resolution: Resolution<Outcome>): ResolutionDto & { outcome: Outcome } {
    const { outcome, note, resolvedBy, resolvedAt } = resolution;
    return { outcome, note, resolved_by: resolvedBy, resolved_at: resolvedAt.toISOString() };
  }
}
