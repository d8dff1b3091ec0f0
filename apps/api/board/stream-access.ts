import { Injectable } from '@nestjs/common';
import { Identities, InvalidToken, type VerifiedClaims } from '#auth';
import type { EventStream } from './event-stream.js';

/** `Identities` caches as long, so that the streams of one session cost one query. */
const CHECK_INTERVAL_MS = 5_000;

/** Ends streams whose readers may no longer read them. */
@Injectable()
export class StreamAccess {
  constructor(private readonly identities: Identities) {}

  /** Ends the stream when its access token ends, and soon after its user is disabled or gets another role, or its session ends. */
  watch(stream: EventStream, access: VerifiedClaims): void {
    const expiry = setTimeout(() => stream.end(), access.expiresAt * 1000 - Date.now());
    const checks = setInterval(() => void this.check(stream, access), CHECK_INTERVAL_MS);
    stream.onClose(() => {
      clearTimeout(expiry);
      clearInterval(checks);
    });
  }

  /** Never rejects. Without the database, nobody's rights change. */
  private async check(stream: EventStream, access: VerifiedClaims): Promise<void> {
    try {
      await this.identities.identify(access);
    } catch (error) {
      if (error instanceof InvalidToken) stream.end();
    }
  }
}
