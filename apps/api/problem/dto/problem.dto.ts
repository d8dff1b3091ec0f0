import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const EXAMPLE_INSTANCE = '/api/v1/orders/0b5f2d9c-4d0a-4a52-9a6e-6f1b0a0c8f11';
export const EXAMPLE_REQUEST_ID = '7c0f7f0e-5a2b-4c37-8f7e-0d6f2d1c9b1a';

export class FieldErrorDto {
  @ApiProperty({ example: 'items.0.quantity' })
  field: string;

  @ApiProperty({ example: 'quantity must not be greater than 100' })
  message: string;
}

/** Problem details (RFC 9457) with a stable code and the request id. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:coffee-shop:problem:order_not_found' })
  type: string;

  @ApiProperty({ example: 'Not Found' })
  title: string;

  @ApiProperty({ type: 'integer', example: 404 })
  status: number;

  @ApiProperty({ example: 'Order not found' })
  detail: string;

  @ApiProperty({ example: EXAMPLE_INSTANCE })
  instance: string;

  @ApiProperty({ example: 'order_not_found' })
  code: string;

  @ApiProperty({
    example: EXAMPLE_REQUEST_ID,
    description: 'The id of the request in the logs',
  })
  request_id: string;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'The faulty fields' })
  errors?: FieldErrorDto[];
}
