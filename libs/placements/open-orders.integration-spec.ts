import { OPEN_STATUSES, ORDER_STATUSES } from '#orders';
import { createSeededDatabase, type TestDatabase } from '../../test/support/database.js';
import { PastDays } from '../../test/support/past-days.js';
import { OPEN_STATES, PLACEMENT_STATES } from './placement-state.js';

const NOON = '2026-03-10 12:00Z';

describe('the open orders that PostgreSQL counts for the limit', () => {
  let database: TestDatabase;
  let past: PastDays;

  beforeEach(async () => {
    database = await createSeededDatabase();
    past = new PastDays(database);
  });
  afterEach(() => database.drop());

  /** Returns those of the states in which the row counts as an open order. */
  async function countedOf<State>(table: string, column: string, id: string, states: readonly State[]) {
    const counted: State[] = [];
    for (const state of states) {
      await database.query(`UPDATE ${table} SET ${column} = $1 WHERE id = $2`, [state, id]);
      const [row] = await database.query<{ isFull: boolean }>('SELECT shop_is_full(1) AS "isFull"');
      if (row?.isFull) counted.push(state);
    }
    return counted;
  }

  it('are the orders that are not in a final status', async () => {
    const id = await past.order(NOON);

    expect(await countedOf('orders', 'status', id, ORDER_STATUSES)).toEqual(OPEN_STATUSES);
  });

  it('are the placements that may still become an order', async () => {
    const id = await past.charge(NOON, 'placed', 430);

    const counted = await countedOf('order_placements', 'state', id, PLACEMENT_STATES);

    expect(new Set(counted)).toEqual(new Set(OPEN_STATES));
  });
});
