import { ApiProperty } from '@nestjs/swagger';
import type { IssuedTicket } from '#auth';

export class StreamTicketDto {
  @ApiProperty({ example: 'u4Zr1fN1mF0bq2W8cXvJ5kQyT7sLd9hGpRa3eYiKoBE' })
  ticket: string;

  @ApiProperty({ type: 'integer', description: 'Seconds', example: 60 })
  expires_in: number;

  static from({ ticket, expiresInSeconds }: IssuedTicket): StreamTicketDto {
    return { ticket, expires_in: expiresInSeconds };
  }
}
