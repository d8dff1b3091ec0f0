import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { MAX_ORDER_NUMBER, ORDER_STATUSES, type OrderFilter, type OrderStatus } from '#orders';
import { IsId } from '../../ids/dto/id.dto.js';
import { IsQueryInteger } from '../../numbers/query-integer.decorator.js';
import { PageDto } from '../../pagination/dto/page.dto.js';
import { IsInstant, IsNotBefore, toDate } from '../../times/instant.js';

export class OrderPageDto extends PageDto {
  @ApiPropertyOptional({ enum: ORDER_STATUSES })
  @IsOptional()
  @IsIn(ORDER_STATUSES)
  status?: OrderStatus;
}

/** Finds orders of all customers; an order must match all filters. */
export class OrderSearchDto extends OrderPageDto {
  @IsQueryInteger({ minimum: 1, maximum: MAX_ORDER_NUMBER })
  number?: number;

  @IsOptional()
  @IsId({ required: false, description: 'Only the orders of this customer' })
  customer_id?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only orders that were placed then or later, such as 2026-11-30T03:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only orders that were placed earlier than then, such as 2026-12-01T03:00:00Z',
  })
  @IsOptional()
  @IsNotBefore('from')
  @IsInstant()
  to?: string;

  toFilter(): OrderFilter {
    const { number, customer_id: customerId, status } = this;
    return { number, customerId, status, from: toDate(this.from), to: toDate(this.to) };
  }
}
