import { createHmac } from 'node:crypto';

/** What Standard Webhooks signs of a request. */
export interface SignedContent {
  /** The `webhook-id`. */
  id: string;
  /** The `webhook-timestamp`. */
  timestamp: string;
  /** The bytes that are sent. */
  body: Buffer;
}

/** Returns the `webhook-signature` of Standard Webhooks 1.0.0: one signature for each key, separated by blanks. */
export function webhookSignature({ id, timestamp, body }: SignedContent, keys: readonly Buffer[]): string {
  return keys
    .map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ');
}
