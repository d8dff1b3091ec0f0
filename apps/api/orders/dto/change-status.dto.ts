import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { ORDER_STATUSES } from '#orders';

export class ChangeStatusDto {
  /** Any text is valid here. An unknown status is refused by the order's own rule, with 400. */
  @ApiProperty({ enum: ORDER_STATUSES, example: 'preparation' })
  @IsString()
  status: string;
}
