import type { PageCursor } from '#database';
import { UUID } from '../ids/dto/id.dto.js';

/** PostgreSQL does not know all years that Date knows. */
const FOUR_DIGIT_YEAR = /^\d{4}-/;

/** Encodes a cursor as opaque text. */
export function encodeCursor({ createdAt, id }: PageCursor): string {
  return Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');
}

/** Decodes a cursor. Returns undefined for text that `encodeCursor` never returns. */
export function decodeCursor(text: string): PageCursor | undefined {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  const createdAt = new Date(time);
  if (!FOUR_DIGIT_YEAR.test(time) || Number.isNaN(createdAt.getTime()) || !UUID.test(id)) return undefined;
  return encodeCursor({ createdAt, id }) === text ? { createdAt, id } : undefined;
}
