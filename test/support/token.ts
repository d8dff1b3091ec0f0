import { createHash, createHmac } from 'node:crypto';

const HASHES: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/**
 * Returns a hand-made JWT, which may be invalid. An unknown algorithm leaves the signature empty.
 * @param claims JSON text is used as it is
 * @param header further members of the header
 */
export function sign(claims: unknown, secret: string, alg = 'HS256', header: object = {}): string {
  const content = `${encode({ alg, typ: 'JWT', ...header })}.${encode(claims)}`;
  const hash = HASHES[alg];
  return `${content}.${hash ? createHmac(hash, secret).update(content).digest('base64url') : ''}`;
}

/** Returns a token's claims without a check of the signature. */
export function claimsOf(token: string): Record<string, unknown> {
  const [, claims = ''] = token.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

/** Returns the id of a key that signs tokens. */
export function keyIdOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 16);
}

function encode(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}
