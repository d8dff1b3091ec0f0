import { createHash } from 'node:crypto';
import { canonicalJson } from '#json';
import { InvalidIdempotencyKey } from './idempotency.errors.js';

const PRINTABLE_ASCII = /^[\x20-\x7e]{1,255}$/;

/** A client's Idempotency-Key. Only its SHA-256 leaves this object; the key itself is neither stored nor logged. */
export class IdempotencyKey {
  readonly hash: Buffer;

  private constructor(key: string) {
    this.hash = sha256(key);
  }

  /**
   * Reads the key from the header's lines. Returns undefined if there are none.
   * @throws InvalidIdempotencyKey for more than one line, or a line that is empty, too long or not printable ASCII
   */
  static parse(lines: readonly string[]): IdempotencyKey | undefined {
    const [line, ...more] = lines;
    if (line === undefined) return undefined;
    const key = line.trim();
    if (more.length > 0 || !PRINTABLE_ASCII.test(key)) throw new InvalidIdempotencyKey();
    return new IdempotencyKey(key);
  }
}

/** Returns the SHA-256 of a request's canonical JSON: equal for equal requests, however their JSON was written. */
export function fingerprint(request: unknown): Buffer {
  return sha256(canonicalJson(request));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
