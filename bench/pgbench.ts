import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as SQL from '../libs/orders/placement/placement-steps.sql.js';
import type { Database } from './postgres.js';
import { runProgram } from './processes.js';

/** More than this only wait for each other, and PostgreSQL has room for a hundred. */
const MAX_CLIENTS = 32;

/** Ids of one placement, made by PostgreSQL from one random number, since pgbench has none. */
const id = (what: string): string => `md5(:n::text || '${what}')::uuid`;

/**
 * The most that PostgreSQL itself can do: our placement's two statements, each its own transaction, driven by pgbench over
 * connections as many as are of use. Answers placements a second; undefined where this machine has no pgbench.
 */
export async function runPgbench(
  database: Database,
  {
    folder,
    connections,
    seconds,
    customerId,
  }: { folder: string; connections: number; seconds: number; customerId: string },
): Promise<number | undefined> {
  const script = join(folder, 'limit.sql');
  await writeFile(script, await placementScript(database, customerId));
  const output = await runProgram(
    'pgbench',
    [
      ...['--no-vacuum', '--protocol', 'prepared', '--file', script],
      ...['--client', String(Math.min(connections, MAX_CLIENTS)), '--time', String(seconds), database.url],
    ],
    { PATH: process.env.PATH },
  ).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (output === undefined) return undefined;
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(output)?.[1]);
  if (!perSecond) throw new Error(`pgbench said something else than expected:\n${output}`);
  return perSecond;
}

async function placementScript(database: Database, customerId: string): Promise<string> {
  const choices = await database.query<{ id: string; product_id: string }>(
    'SELECT id, product_id FROM product_variations ORDER BY id LIMIT 2',
  );
  const items = choices.map(({ id: variationId, product_id: productId }, line) => ({
    id: `LINE ${line}`,
    productId,
    variationId,
    quantity: 1,
    productName: 'Latte',
    variationName: 'Vanilla',
    productBasePriceCents: 400,
    variationPriceChangeCents: 30,
    unitPriceCents: 430,
    lineTotalCents: 430,
  }));
  // Indented, since a colon right before a word would be a variable of pgbench's.
  const draft = `'${JSON.stringify({ items, metadata: { table: 4 } }, undefined, 1).replaceAll('\n', '')}'`;
  const withLineIds = `replace(replace(${draft}, 'LINE 0', md5(:n::text || 'l0')), 'LINE 1', md5(:n::text || 'l1'))::json`;
  return [
    '\\set n random(1, 9000000000000000000)',
    bound(SQL.BEGIN, [
      id('p'),
      id('o'),
      id('m'),
      `'${customerId}'`,
      '860',
      withLineIds,
      `'request'`,
      '14000',
    ]),
    bound(SQL.SETTLE_APPROVED, [id('p'), '200', `'{"status": "approved"}'`]),
    '',
  ].join('\n');
}

function bound(statement: string, values: string[]): string {
  const text = statement.replaceAll(
    /\$(\d+)/g,
    (_, index: string) => `(${values[Number(index) - 1] ?? 'NULL'})`,
  );
  return `${text.replaceAll(/\s+/g, ' ').trim()};`;
}
