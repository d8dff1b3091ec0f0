import { ApiProperty } from '@nestjs/swagger';
import { BOARD_SIZE, type Board } from '#orders';
import { OrderDto } from '../../orders/dto/order.dto.js';

/** The open orders. */
export class BoardDto {
  @ApiProperty({ type: [OrderDto], maxItems: BOARD_SIZE, description: 'Oldest first' })
  orders: OrderDto[];

  @ApiProperty({ example: false, description: 'Whether there are more open orders' })
  truncated: boolean;

  static from({ orders, truncated }: Board): BoardDto {
    return { orders: orders.map((order) => OrderDto.from(order)), truncated };
  }
}
