import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StreamTicketCleanup } from './stream-ticket-cleanup.service.js';
import { StreamTicket } from './stream-ticket.entity.js';
import { StreamTicketsRepository } from './stream-tickets.repository.js';
import { StreamTickets } from './stream-tickets.service.js';

/** Tickets for streams. Apart from AuthModule, because the worker needs nothing else of it. */
@Module({
  imports: [TypeOrmModule.forFeature([StreamTicket])],
  providers: [StreamTickets, StreamTicketCleanup, StreamTicketsRepository],
  exports: [StreamTickets, StreamTicketCleanup],
})
export class StreamTicketsModule {}
