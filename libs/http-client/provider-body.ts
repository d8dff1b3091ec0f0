import type { Readable } from 'node:stream';
import { findInvalidValue } from '#json';

/** The status line has decided already: the body is evidence, worth this long and this much. */
const BODY_TIMEOUT_MS = 2_000;
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads a provider's body into what a jsonb column can hold, whatever comes: JSON as it is, other text as a string, and bytes that are
 * neither as `{ base64 }`. A body that breaks off, never ends or is too long is cut, never an error.
 */
export async function readProviderBody(stream: Readable): Promise<unknown> {
  return storable(await readStart(stream));
}

async function readStart(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const tooLong = setTimeout(() => stream.destroy(), BODY_TIMEOUT_MS);
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY_BYTES) break;
    }
  } catch {
    // What arrived before the break is all there is.
  } finally {
    clearTimeout(tooLong);
    stream.destroy();
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES);
}

function storable(bytes: Buffer): unknown {
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
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
