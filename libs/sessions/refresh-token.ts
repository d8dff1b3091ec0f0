import { createHmac, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;
const HKDF_INFO = 'coffee-shop refresh token successor';

/**
 * Derives the successor of a refresh token with a key of the server. A repeated request gets the same successor, although only its hash
 * is stored, and nobody else can compute it.
 */
export class SuccessorKeys {
  private readonly current: Buffer;
  private readonly old: Buffer[];

  constructor(current: string, old: readonly string[]) {
    this.current = keyOf(current);
    this.old = old.map(keyOf);
  }

  successorOf(token: string): string {
    return derive(this.current, token);
  }

  /** Returns the successors by every key: a key may have become old since the first request. */
  candidatesOf(token: string): string[] {
    return [this.current, ...this.old].map((key) => derive(key, token));
  }
}

function derive(key: Buffer, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

/** The secret also signs access tokens, so each purpose gets another key (RFC 5869). */
function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', HKDF_INFO, KEY_BYTES));
}
