import { Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { StreamTickets, type VerifiedClaims } from '#auth';
import { Access, CurrentAccess } from './auth.decorators.js';
import { StreamTicketDto } from './dto/stream-ticket.dto.js';

@ApiTags('People')
@Controller('auth/stream-ticket')
export class StreamTicketsController {
  constructor(private readonly tickets: StreamTickets) {}

  @Access('POST /auth/stream-ticket')
  @Post()
  @ApiOperation({
    summary: 'Get a ticket that opens one stream',
    description:
      'For programs, such as an EventSource, which sends no header: the stream takes the ticket as `?ticket=`, once and within 60 seconds. The stream has the rights of the access token that this request carries, and ends with it.',
  })
  @ApiCreatedResponse({ type: StreamTicketDto })
  async issueStreamTicket(@CurrentAccess() access: VerifiedClaims): Promise<StreamTicketDto> {
    return StreamTicketDto.from(await this.tickets.issue(access));
  }
}
