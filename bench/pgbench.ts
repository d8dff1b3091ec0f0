import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PLACEMENT_STATEMENTS } from '#placements';
import type { Database } from './postgres.js';
import { runProgram } from './processes.js';

/** More clients only wait for each other's locks, and PostgreSQL allows a hundred connections. */
const MAX_CLIENTS = 32;
const LEASE_MS = 14_000;

interface PgbenchRun {
  folder: string;
  connections: number;
  seconds: number;
  customerId: string;
}

/**
 * Measures PostgreSQL without an application: runs the two statements of a placement, each in its own transaction.
 * Returns placements per second, or undefined if pgbench is not installed. Throws an Error if pgbench fails.
 */
export async function runPgbench(
  database: Database,
  { folder, connections, seconds, customerId }: PgbenchRun,
): Promise<number | undefined> {
  const script = join(folder, 'placement.pgbench.sql');
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
  if (!perSecond) throw new Error(`pgbench printed no tps:\n${output}`);
  return perSecond;
}

async function placementScript(database: Database, customerId: string): Promise<string> {
  const placementId = randomUuid('placement');
  const begin = bindParameters(PLACEMENT_STATEMENTS.begin, {
    $1: placementId,
    $2: randomUuid('order'),
    $3: randomUuid('payment'),
    $4: `'${customerId}'`,
    $5: '860',
    $6: await draftExpression(database),
    $7: `'request'`,
    $8: 'NULL',
    $9: String(LEASE_MS),
    $10: 'NULL',
  });
  const settleApproved = bindParameters(PLACEMENT_STATEMENTS.settleApproved, {
    $1: placementId,
    $2: '200',
    $3: `'{"status": "approved"}'`,
    $4: `'{charging,unknown}'`,
    $5: 'NULL',
  });
  return ['\\set n random(1, 9000000000000000000)', begin, settleApproved, ''].join('\n');
}

/** The draft of an order with two lines, whose line ids differ in every transaction. */
async function draftExpression(database: Database): Promise<string> {
  const variations = await database.query<{ id: string; product_id: string }>(
    'SELECT id, product_id FROM product_variations ORDER BY id LIMIT 2',
  );
  const items = variations.map(({ id: variationId, product_id: productId }, line) => ({
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
  const draft = { v: 2, items, metadata: { table: 4 }, pickupName: null, note: null };
  // The indentation puts a space after each colon, because pgbench takes ":word" for a variable.
  const json = JSON.stringify(draft, undefined, 1).replaceAll('\n', '');
  const withFirstId = `replace('${json}', 'LINE 0', ${randomUuid('line 0')}::text)`;
  return `replace(${withFirstId}, 'LINE 1', ${randomUuid('line 1')}::text)::json`;
}

/** A UUID derived from the script's random number :n, because pgbench has no random UUIDs. */
function randomUuid(name: string): string {
  return `md5(:n::text || '${name}')::uuid`;
}

/** Replaces every $n of a statement by its SQL expression. Throws an Error if an expression is missing. */
function bindParameters(statement: string, expressions: Record<string, string>): string {
  const bound = statement.replaceAll(/\$\d+/g, (parameter) => {
    const expression = expressions[parameter];
    if (expression === undefined) throw new Error(`No expression for ${parameter}`);
    return `(${expression})`;
  });
  return `${bound.replaceAll(/\s+/g, ' ').trim()};`;
}
