import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { StartupError } from '#config';
import { INSTANT_RULE, isInstant } from '#timing';
import type { Movement } from './movement.js';

/** Other columns are ignored. */
const COLUMNS = ['kind', 'key', 'value_cents', 'time', 'charge_key'] as const;
type Column = (typeof COLUMNS)[number];

const BATCH_SIZE = 5_000;
/** In characters. A quote that is never closed must not read the whole file into memory. */
const MAX_RECORD_SIZE = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Fifteen digits fit into a number. */
const CENTS = /^\d{1,15}$/;
/** PostgreSQL stores no NUL. */
const KEY = /^[^\0]{1,255}$/;

/** A statement that cannot be read. The message names the line, and the column if there is one. */
export class MalformedStatement extends StartupError {
  constructor(line: number, problem: string) {
    super(`The statement is malformed in line ${line}: ${problem}`);
  }
}

/**
 * Reads a statement (CSV by RFC 4180, with a header) in batches.
 * @throws MalformedStatement at the first row that is malformed, and what `source` throws
 */
export async function* readStatement(source: Readable): AsyncGenerator<Movement[]> {
  let header: Header | undefined;
  let batch: Movement[] = [];
  for await (const { record, info } of recordsOf(source)) {
    if (!header) {
      header = new Header(record, info.lines);
      continue;
    }
    batch.push(header.movement(record, info.lines));
    if (batch.length < BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  if (!header) throw new MalformedStatement(1, `it has no header; ${EXPECTED_COLUMNS}`);
  if (batch.length > 0) yield batch;
}

const EXPECTED_COLUMNS = `the columns are ${COLUMNS.join(', ')}`;

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

async function* recordsOf(source: Readable): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_SIZE,
    // Both, because statements that are put together may have different ones.
    record_delimiter: ['\r\n', '\n'],
  });
  const records: AsyncIterable<CsvRecord> = parser;
  // The loop below gets the errors of both streams.
  pipeline(source, parser, () => undefined);
  try {
    yield* records;
  } catch (error) {
    throw error instanceof CsvError ? new MalformedStatement(parser.info.lines, error.message) : error;
  }
}

/** Finds the columns of a record. */
class Header {
  private readonly positions: Record<Column, number>;

  /** @throws MalformedStatement */
  constructor(names: string[], line: number) {
    const position = (column: Column): number => {
      const first = names.indexOf(column);
      if (first === -1)
        throw new MalformedStatement(line, `the column ${column} is missing; ${EXPECTED_COLUMNS}`);
      if (first !== names.lastIndexOf(column))
        throw new MalformedStatement(line, `there are two columns ${column}`);
      return first;
    };
    this.positions = {
      kind: position('kind'),
      key: position('key'),
      value_cents: position('value_cents'),
      time: position('time'),
      charge_key: position('charge_key'),
    };
  }

  /** @throws MalformedStatement */
  movement(record: string[], line: number): Movement {
    const textOf = (column: Column): string => record[this.positions[column]] ?? '';
    const refuse = (column: Column, rule: string): never => {
      throw new MalformedStatement(line, `${column} ${rule}, not ${JSON.stringify(textOf(column))}`);
    };
    const kind = textOf('kind');
    if (kind !== 'charge' && kind !== 'refund') return refuse('kind', 'must be charge or refund');
    const keyOf = (column: 'key' | 'charge_key'): string => {
      const key = textOf(column);
      if (!KEY.test(key)) refuse(column, 'must have 1 to 255 characters');
      return UUID.test(key) ? key.toLowerCase() : key;
    };
    const value = textOf('value_cents');
    if (!CENTS.test(value)) refuse('value_cents', 'must be a whole number of cents without a sign');
    const time = textOf('time');
    if (!isInstant(time)) refuse('time', INSTANT_RULE);
    if (kind === 'charge' && textOf('charge_key') !== '') refuse('charge_key', 'must be empty for a charge');
    const chargeKey = kind === 'refund' ? keyOf('charge_key') : null;
    return { line, kind, key: keyOf('key'), valueCents: Number(value), time: new Date(time), chargeKey };
  }
}
