import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { hashOf } from '#sessions';
import type { VerifiedClaims } from './access-tokens.js';
import { StreamTicket } from './stream-ticket.entity.js';

type TicketRow = Omit<VerifiedClaims, 'sessionId'> & { sessionId: string | null };

const INSERT = `
  INSERT INTO stream_tickets (hash, user_id, role, session_id, issued_at, token_expires_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`;

const TAKE = `
  DELETE FROM stream_tickets WHERE hash = $1 AND expires_at > now()
  RETURNING user_id AS "userId", role, session_id AS "sessionId", issued_at AS "issuedAt", token_expires_at AS "expiresAt"`;

const DELETE_EXPIRED = `
  DELETE FROM stream_tickets WHERE hash = ANY (ARRAY (
    SELECT hash FROM stream_tickets WHERE expires_at <= now() ORDER BY expires_at LIMIT $1))`;

/** The table of stream tickets. */
@Injectable()
export class StreamTicketsRepository {
  constructor(@InjectRepository(StreamTicket) private readonly tickets: Repository<StreamTicket>) {}

  async insert(ticket: string, claims: VerifiedClaims, lifetimeSeconds: number): Promise<void> {
    const { userId, role, sessionId, issuedAt, expiresAt } = claims;
    const values = [hashOf(ticket), userId, role, sessionId ?? null, issuedAt, expiresAt, lifetimeSeconds];
    await this.tickets.query(INSERT, values);
  }

  /** Deletes a ticket and returns its claims. Of concurrent calls, one gets them. Undefined if the ticket is used, unknown or expired. */
  async take(ticket: string): Promise<VerifiedClaims | undefined> {
    const [[taken]] = await this.tickets.query<[TicketRow[], number]>(TAKE, [hashOf(ticket)]);
    return taken && { ...taken, sessionId: taken.sessionId ?? undefined };
  }

  /** Deletes up to `limit` expired tickets. Returns how many. */
  async deleteExpired(limit: number): Promise<number> {
    const [, count] = await this.tickets.query<[unknown[], number]>(DELETE_EXPIRED, [limit]);
    return count;
  }
}
