import { createHash, randomBytes } from 'node:crypto';

/** Returns a token that nobody can guess: 256 random bits in base64url. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Returns what is stored of a token: its SHA-256. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
