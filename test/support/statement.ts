import type { Movement } from '#reconciliation';

/** A row of a provider's statement. */
export type Row = Omit<Movement, 'line'>;

const HEADER = 'kind,key,value_cents,time,charge_key';

/** Returns the statement that `npm run reconcile` reads. */
export function toStatement(rows: readonly Row[]): string {
  const lines = rows.map(({ kind, key, valueCents, time, chargeKey }) =>
    [kind, key, valueCents, time.toISOString(), chargeKey ?? ''].join(),
  );
  return [HEADER, ...lines, ''].join('\r\n');
}
