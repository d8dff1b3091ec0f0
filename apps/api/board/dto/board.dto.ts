import { ApiProperty } from '@nestjs/swagger';
import { BOARD_SIZE, type Board } from '#orders';
import { OrderDto } from '../../orders/dto/order.dto.js';

/** The open orders. */
export class BoardDto {
  @ApiProperty({ type: [OrderDto], maxItems: BOARD_SIZE, description: 'Oldest first' })
  orders: OrderDto[];

  @ApiProperty({ example: false, description: 'Whether there are more open orders' })
  truncated: boolean;

  static from({ entries, truncated }: Board): BoardDto {
    const orders = entries.flatMap(({ isOnBoard, order }) =>
      isOnBoard && order ? OrderDto.from(order) : [],
    );
    return { orders, truncated };
  }
}
