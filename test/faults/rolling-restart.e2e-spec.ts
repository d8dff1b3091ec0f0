import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { hasHaProxy, HaProxy } from '../support/haproxy.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const RESTARTS = Number(process.env.ROLLING_RESTARTS ?? 2);
/** Longer than HAProxy needs to find out: two checks, which are slow on a busy machine. */
const SHUTDOWN_DELAY_MS = '6000';
const ORDERS_PER_SECOND = 40;

if (!hasHaProxy) process.stdout.write('test/faults/rolling-restart is skipped: haproxy is not on the PATH\n');

/** Customers who place and read orders at a constant rate, on connections that they keep, and never repeat a request. */
class Rush {
  readonly failures: string[] = [];
  orders = 0;
  reads = 0;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly running = new Set<Promise<void>>();
  private isOver = false;

  constructor(
    private readonly customers: Person[],
    private readonly order: object,
  ) {}

  /** Resolves when `end` was called and all running requests have ended. */
  async run(): Promise<void> {
    const startedAt = performance.now();
    while (!this.isOver) {
      const buying = this.buy().finally(() => this.running.delete(buying));
      this.running.add(buying);
      const nextAt = startedAt + (this.orders * 1000) / ORDERS_PER_SECOND;
      await sleep(Math.max(0, nextAt - performance.now()));
    }
    await Promise.all(this.running);
    this.agent.destroy();
  }

  end(): void {
    this.isOver = true;
  }

  private async buy(): Promise<void> {
    const customer = this.customers[this.orders % this.customers.length];
    this.orders += 1;
    const placed = await this.send('POST', '/api/v1/orders', customer, this.order);
    if (placed === undefined) return;
    this.reads += 1;
    const { id } = JSON.parse(placed) as { id: string };
    await this.send('GET', `/api/v1/orders/${id}`, customer);
  }

  /** Returns the body of a 2xx. Anything else is a failure. */
  private async send(
    method: string,
    path: string,
    customer: Person | undefined,
    body?: object,
  ): Promise<string | undefined> {
    try {
      const outgoing = request(`${customer?.url}${path}`, {
        method,
        agent: this.agent,
        headers: {
          Authorization: `Bearer ${customer?.token}`,
          ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
        },
      });
      outgoing.end(body && JSON.stringify(body));
      const [response] = await once(outgoing, 'response');
      let text = '';
      for await (const chunk of response) text += String(chunk);
      if (response.statusCode >= 200 && response.statusCode < 300) return text;
      this.failures.push(`${method} ${path}: ${response.statusCode} ${text}`);
    } catch (error) {
      this.failures.push(`${method} ${path}: ${String(error)}`);
    }
    return undefined;
  }
}

(hasHaProxy ? describe : describe.skip)('two APIs behind HAProxy', () => {
  let app: TestApp;
  let apis: ApiProcess[];
  let balancer: HaProxy;
  /** End what has started, in reverse order. */
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '20000' });
    closers.push(() => app.close());
    const [first, second] = [await startApi('0'), await startApi('0')];
    apis = [first, second];
    balancer = await HaProxy.start(first.url, second.url);
    closers.push(() => balancer.stop());
  });
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  async function startApi(port: string): Promise<ApiProcess> {
    const api = await ApiProcess.start({ ...app.environment, PORT: port, SHUTDOWN_DELAY_MS });
    closers.push(() => api.stop());
    return api;
  }

  it(
    `answer every request while they are restarted one after the other, ${RESTARTS} times in all`,
    async () => {
      const customers = await Promise.all(Array.from({ length: 8 }, () => app.customer()));
      const rush = new Rush(
        customers.map((customer) => customer.at(balancer.url)),
        await app.anonymous().orderFor(['Latte', 'Vanilla']),
      );
      const rushing = rush.run();

      try {
        for (let restart = 0; restart < RESTARTS; restart += 1) {
          const [api] = apis.splice(0, 1);
          await api?.stop();
          apis.push(await startApi(new URL(String(api?.url)).port));
        }
      } finally {
        rush.end();
        await rushing;
      }

      const { orders, reads, failures } = rush;
      process.stdout.write(
        `Restarts ${RESTARTS}, orders ${orders}, reads ${reads}, failed ${failures.length}\n`,
      );
      expect(failures).toEqual([]);
      expect(app.payments.charges).toHaveLength(orders);
    },
    20_000 + RESTARTS * 25_000,
  );
});
