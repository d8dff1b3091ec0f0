import { createHmac } from 'node:crypto';

const DOMAIN = 'coffee-shop.provider-key.v1';

/** What a client's Idempotency-Key stands for. */
interface KeyedRequest {
  userId: string;
  /** SHA-256 of the key. */
  hash: Buffer;
  /** SHA-256 of the request. */
  fingerprint: Buffer;
}

/**
 * Returns the provider's Idempotency-Key of a request that begins at `now`: a UUID of version 8. It is the same for each
 * repetition on one UTC day, also if the database lost the first one. It contains no secret: a provider's key gives no right.
 */
export function deriveProviderKey({ userId, hash, fingerprint }: KeyedRequest, now: Date): string {
  const day = now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  const mac = createHmac('sha256', userId)
    .update(DOMAIN)
    .update(hash)
    .update(fingerprint)
    .update(day)
    .digest();
  return toUuid(mac);
}

/** Returns the Idempotency-Key of a placement's charge. It is the placement's id unless another one was stored. */
export function providerKeyOf({ id, providerKey }: { id: string; providerKey: string | null }): string {
  return providerKey ?? id;
}

/** Shapes the first 16 bytes as a UUID of version 8 (RFC 9562), whose other bits are free. */
function toUuid(bytes: Buffer): string {
  const uuid = Buffer.from(bytes.subarray(0, 16));
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x80, 6);
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuid.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
