import { ChargeLimiter } from './charge-limiter.js';

const LIMIT = 50;
const CUSTOMER_LIMIT = 5;
const CUSTOMER_LINE = 100;

describe('ChargeLimiter', () => {
  let limiter: ChargeLimiter;
  /** The charges that run now, by name. */
  let running: Map<string, () => void>;
  let results: Promise<string>[];

  beforeEach(() => {
    limiter = new ChargeLimiter(LIMIT);
    running = new Map();
    results = [];
  });
  afterEach(async () => {
    while (running.size > 0) await end(...running.keys());
    await Promise.all(results);
  });

  /** Starts charges named `name 1` to `name count`. Resolves once they run or wait. */
  async function start(name: string, count: number, customerId?: string): Promise<void> {
    const started = Array.from({ length: count }, (_, index) =>
      limiter.run(
        () => new Promise<string>((resolve) => running.set(`${name} ${index + 1}`, () => resolve('done'))),
        customerId,
      ),
    );
    results.push(...started);
    await settled();
  }

  async function end(...names: string[]): Promise<void> {
    for (const name of names) {
      running.get(name)?.();
      running.delete(name);
    }
    await settled();
  }

  function settled(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  it('runs five charges of a customer at once', async () => {
    await start('ana', CUSTOMER_LIMIT + 1, 'ana');

    expect(running.size).toBe(CUSTOMER_LIMIT);
    await end('ana 1');
    expect([...running.keys()]).toContain('ana 6');
  });

  it('runs the charges of others while one customer waits', async () => {
    await start('ana', 20, 'ana');
    await start('bob', 1, 'bob');

    expect([...running.keys()]).toContain('bob 1');
  });

  it('runs fifty charges of one caller without a customer', async () => {
    await start('manager', LIMIT + 1);

    expect(running.size).toBe(LIMIT);
  });

  it('passes a free slot to the first in line whose share allows it', async () => {
    await start('ana', CUSTOMER_LIMIT, 'ana');
    await start('manager', LIMIT - CUSTOMER_LIMIT);
    await start('more of ana', 1, 'ana');
    await start('bob', 1, 'bob');
    await start('eve', 1, 'eve');

    await end('manager 1');

    expect(running.size).toBe(LIMIT);
    expect([...running.keys()]).toContain('bob 1');
  });

  it('keeps a hundred charges of a customer in line, and refuses the next at once', async () => {
    await start('ana', CUSTOMER_LIMIT + CUSTOMER_LINE, 'ana');

    await start('more of ana', 1, 'ana');

    const ended = Promise.race([results.at(-1), settled().then(() => 'waits')]);
    expect(await ended).toBe('share_used');
  });

  it('tells a customer whose share is used from one who finds no free slot', async () => {
    await start('ana', CUSTOMER_LIMIT, 'ana');
    await start('manager', LIMIT - CUSTOMER_LIMIT);

    await start('more of ana', 1, 'ana');
    await start('bob', 1, 'bob');

    expect(await Promise.all(results.slice(-2))).toEqual(['share_used', 'no_slot']);
  });

  it('forgets a customer whose charges have ended', async () => {
    await start('ana', CUSTOMER_LIMIT + 1, 'ana');
    expect(limiter.customers).toBe(1);
    while (running.size > 0) await end(...running.keys());

    expect(limiter.customers).toBe(0);
  });

  it('starts anew for a customer whose charges have ended', async () => {
    await start('ana', CUSTOMER_LIMIT, 'ana');
    await end(...running.keys());
    await start('later', CUSTOMER_LIMIT, 'ana');

    expect(running.size).toBe(CUSTOMER_LIMIT);
  });
});
