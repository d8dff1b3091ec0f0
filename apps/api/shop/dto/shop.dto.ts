import { ApiProperty } from '@nestjs/swagger';
import { NOT_OPEN_REASONS, type NotOpenReason, type Shop, type WeeklyHours } from '#shop';
import { UNSHOWN } from '../../resources/entity-tag.js';
import { HoursOfDateDto, WEEKLY } from './hours.dto.js';

const INSTANT = { type: 'string', format: 'date-time', nullable: true } as const;

export class ShopDto {
  @ApiProperty({ description: 'Whether customers can order' })
  open: boolean;

  @ApiProperty({
    type: 'string',
    enum: [...NOT_OPEN_REASONS, null],
    nullable: true,
    description: 'Null if it is open',
  })
  reason: NotOpenReason | null;

  @ApiProperty({ ...INSTANT, description: 'When it next opens by its hours; null if never, or always open' })
  opens_at: string | null;

  @ApiProperty({ ...INSTANT, description: 'When it next closes by its hours; null if never' })
  closes_at: string | null;

  @ApiProperty({ ...INSTANT, description: 'Null if it is not paused, or without end' })
  paused_until: string | null;

  @ApiProperty({ example: 'Europe/Berlin', description: 'The zone of the local times in the hours' })
  time_zone: string;

  @ApiProperty({ ...WEEKLY, description: 'Without any interval and exception, the shop is always open' })
  hours: WeeklyHours;

  @ApiProperty({ type: [HoursOfDateDto], description: 'Sorted by date' })
  exceptions: HoursOfDateDto[];

  /** Also changes the entity tag, so that If-Match protects each setting. */
  [UNSHOWN]: Pick<Shop, 'pauseReason' | 'maxOpenOrders'>;

  static from(shop: Shop): ShopDto {
    const { reason, opensAt, closesAt, pausedUntil, timeZone, weekly, exceptions } = shop;
    const { pauseReason, maxOpenOrders } = shop;
    return {
      open: reason === null,
      reason,
      opens_at: opensAt?.toISOString() ?? null,
      closes_at: closesAt?.toISOString() ?? null,
      paused_until: pausedUntil?.toISOString() ?? null,
      time_zone: timeZone,
      hours: weekly,
      exceptions,
      [UNSHOWN]: { pauseReason, maxOpenOrders },
    };
  }
}
