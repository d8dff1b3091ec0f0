import type { Readable } from 'node:stream';
import { findInvalidValue, losesDigits } from '#json';

/** The status line has decided the outcome. The body is only evidence, so reading it is limited. */
const BODY_TIMEOUT_MS = 2_000;
const MAX_BODY_BYTES = 64 * 1024;

/** A provider's body. It may hold personal data: store `value`, log only `bytes`. */
export interface ProviderBody {
  /**
   * JSON as it is, other text as a string, other bytes as `{ base64 }`. A json column can hold it. JSON whose numbers have more digits
   * than a double holds is text too: it is evidence and must not be rounded.
   */
  value: unknown;
  /** How many bytes were read. */
  bytes: number;
}

/** Reads a provider's body. A body that breaks off, never ends or is too long is cut. Never throws. */
export async function readProviderBody(stream: Readable): Promise<ProviderBody> {
  const bytes = await readLimited(stream);
  return { value: toStorable(bytes), bytes: bytes.length };
}

async function readLimited(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const timeout = setTimeout(() => stream.destroy(), BODY_TIMEOUT_MS);
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY_BYTES) break;
    }
  } catch {
    // The chunks that arrived before the break are kept.
  } finally {
    clearTimeout(timeout);
    stream.destroy();
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES);
}

function toStorable(bytes: Buffer): unknown {
  const text = decode(bytes);
  const value = text === undefined ? undefined : parse(text);
  return value === undefined || findInvalidValue(value) ? { base64: bytes.toString('base64') } : value;
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return losesDigits(text) ? text : value;
  } catch {
    return text;
  }
}
