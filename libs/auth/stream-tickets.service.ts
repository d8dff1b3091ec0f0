import { Injectable } from '@nestjs/common';
import { newSecretToken } from '#sessions';
import type { VerifiedClaims } from './access-tokens.js';
import { InvalidToken } from './auth.errors.js';
import { StreamTicketsRepository } from './stream-tickets.repository.js';

/** Long enough to open a stream. */
const LIFETIME_SECONDS = 60;

export interface IssuedTicket {
  ticket: string;
  expiresInSeconds: number;
}

/** Issues tickets that stand for an access token once, with its rights and its end. */
@Injectable()
export class StreamTickets {
  constructor(private readonly tickets: StreamTicketsRepository) {}

  async issue(claims: VerifiedClaims): Promise<IssuedTicket> {
    const ticket = newSecretToken();
    await this.tickets.insert(ticket, claims, LIFETIME_SECONDS);
    return { ticket, expiresInSeconds: LIFETIME_SECONDS };
  }

  /**
   * Uses a ticket up and returns the claims of its access token.
   * @throws InvalidToken if the ticket is used, unknown or expired, or the token has ended
   */
  async redeem(ticket: string): Promise<VerifiedClaims> {
    const claims = await this.tickets.take(ticket);
    if (!claims || claims.expiresAt <= Date.now() / 1000) throw new InvalidToken();
    return claims;
  }
}
