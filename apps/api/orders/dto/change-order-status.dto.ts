import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { PROGRESS_STATUSES } from '#orders';

export class ChangeOrderStatusDto {
  /** Any text is valid here. An unknown status is refused by the order's own rule, with 400. */
  @ApiProperty({ enum: PROGRESS_STATUSES, example: 'preparation' })
  @IsString()
  status: string;
}
