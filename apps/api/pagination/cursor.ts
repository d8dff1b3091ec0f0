import type { PageCursor } from '#database';
import { UUID } from '../ids/dto/id.dto.js';

/** Date knows years far beyond these, PostgreSQL does not know them all. */
const FOUR_DIGIT_YEAR = /^\d{4}-/;

/** Writes a page's end as one opaque word. */
export function encodeCursor({ createdAt, id }: PageCursor): string {
  return Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');
}

/** Reads a page's end; undefined for a word that we never wrote. */
export function decodeCursor(cursor: string): PageCursor | undefined {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const createdAt = new Date(time);
  if (!FOUR_DIGIT_YEAR.test(time) || Number.isNaN(createdAt.getTime()) || !UUID.test(id)) return undefined;
  return encodeCursor({ createdAt, id }) === cursor ? { createdAt, id } : undefined;
}
