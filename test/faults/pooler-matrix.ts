import { readFileSync } from 'node:fs';

const COLUMNS = [
  'mode',
  'tracks',
  'direct',
  'prepared',
  'starts',
  'orders',
  'menu',
  'price',
  'named',
] as const;

/** A kind of pooler and settings for it, and what happens then, in the words of docs/configuration.md. */
export type MatrixRow = Record<(typeof COLUMNS)[number], string>;

/** Returns the rows of the documented matrix. */
export function readMatrix(): MatrixRow[] {
  const rows =
    readFileSync('docs/configuration.md', 'utf8').match(/^\| (session|transaction) +\|.*$/gm) ?? [];
  return rows.map((row) => {
    const cells = row.split('|').slice(1, -1);
    return Object.fromEntries(COLUMNS.map((column, n) => [column, cells[n]?.trim()])) as MatrixRow;
  });
}

/** Returns the row as it stands in the document, without padding. */
export function format(row: MatrixRow): string {
  return `| ${COLUMNS.map((column) => row[column]).join(' | ')} |`;
}
