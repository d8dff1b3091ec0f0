import { createHash } from 'node:crypto';
import { InvalidIdempotencyKey } from './idempotency-key.errors.js';

const PRINTABLE_ASCII = /^[\x20-\x7e]{1,255}$/;

/** The client's name for one attempt. Only its SHA-256 leaves this object: the key itself is neither stored nor logged. */
export class IdempotencyKey {
  readonly hash: Buffer;

  private constructor(key: string) {
    this.hash = sha256(key);
  }

  /**
   * Reads the key from the header's lines: none at all means no key.
   * @throws InvalidIdempotencyKey for more than one line, an empty or too long one, or one with other than printable ASCII
   */
  static parse(lines: readonly string[]): IdempotencyKey | undefined {
    const [line, ...more] = lines;
    if (line === undefined) return undefined;
    const key = line.trim();
    if (more.length > 0 || !PRINTABLE_ASCII.test(key)) throw new InvalidIdempotencyKey();
    return new IdempotencyKey(key);
  }
}

/** The SHA-256 of a request's meaning: the same for the same request, however its JSON was written. */
export function fingerprint(request: unknown): Buffer {
  return sha256(canonical(request));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sorted(part) : part));
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
