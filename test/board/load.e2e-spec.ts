import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** `BOARD_LOAD_SECONDS=600` proves the goal; the short run only that signals arrive before the poll, which alone takes 500 ms. */
const SECONDS = Number(process.env.BOARD_LOAD_SECONDS ?? 5);
const IS_LONG = SECONDS >= 60;
const GOAL = IS_LONG ? { percent: 99, withinMs: 250 } : { percent: 50, withinMs: 300 };
const STREAMS = IS_LONG ? 200 : 40;
const CHANGES_PER_SECOND = IS_LONG ? 50 : 20;
const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'];
const EVENT = /^\{"id":"([^"]+)".*?"status":"(\w+)"/;

describe(`${STREAMS} streams and ${CHANGES_PER_SECOND} changes a second over two processes`, () => {
  let app: TestApp;
  let apis: ApiProcess[];
  let streams: EventStreamClient[];
  let manager: Person;
  /** When a change was answered, by order and status, in ms of `performance.now()`. */
  const answeredAt = new Map<string, number>();
  /** How many statuses of an order a stream has seen. */
  const seenStatuses = new Map<string, number>();
  const arrivals: { change: string; at: number }[] = [];
  const delays: number[] = [];
  const residentBytes: number[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
    apis = await Promise.all([ApiProcess.start(app.environment), ApiProcess.start(app.environment)]);
    manager = await app.manager();
    streams = await Promise.all(
      Array.from({ length: STREAMS }, (_, index) => EventStreamClient.ofBoard(at(index))),
    );
  });
  afterAll(async () => {
    for (const stream of streams) stream.close();
    await Promise.all(apis.map((api) => api.stop()));
    await app.close();
  });

  function at(index: number): Person {
    return manager.at(apis[index % apis.length]?.url ?? '');
  }

  async function change(
    index: number,
    work: (person: Person) => PromiseLike<{ body: { id: string; status: string } }>,
  ) {
    const { body } = await work(at(index));
    answeredAt.set(`${body.id} ${body.status}`, performance.now());
    return body.id;
  }

  /** Takes the events from the streams, so that their memory stays flat. */
  function collect(): void {
    for (const [index, { events }] of streams.entries())
      for (const { data, at: arrivedAt } of events.splice(0)) {
        const [, id = '', status = ''] = EVENT.exec(data) ?? [];
        const seen = `${index} ${id}`;
        // A stream skips what an order was between two waves.
        const news = STATUSES.slice(seenStatuses.get(seen) ?? 0, STATUSES.indexOf(status) + 1);
        for (const each of news) arrivals.push({ change: `${id} ${each}`, at: arrivedAt });
        if (status === STATUSES.at(-1)) seenStatuses.delete(seen);
        else seenStatuses.set(seen, STATUSES.indexOf(status) + 1);
      }
    const settled = arrivals.splice(0);
    for (const arrival of settled) {
      const answered = answeredAt.get(arrival.change);
      if (answered === undefined) arrivals.push(arrival);
      else delays.push(Math.max(0, arrival.at - answered));
    }
  }

  async function measureMemory(): Promise<void> {
    const statuses = await Promise.all(
      apis.map(({ program }) => readFile(`/proc/${program.pid}/status`, 'utf8')),
    );
    const kilobytes = statuses.map((status) => Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]));
    residentBytes.push(kilobytes.reduce((sum, each) => sum + each * 1024, 0));
  }

  it(
    `sees ${GOAL.percent} of 100 changes within ${GOAL.withinMs} ms`,
    async () => {
      const order = await manager.orderFor(['Latte', 'Vanilla']);
      const endsAt = performance.now() + SECONDS * 1000;
      const pauseMs = 1000 / CHANGES_PER_SECOND;
      const running = new Set<Promise<unknown>>();
      /** One order after the other: placed, and moved on until it is delivered. */
      async function runOrder(index: number): Promise<void> {
        const id = await change(index, (person) => person.placeWithKey(order).expect(201));
        for (const [step, status] of STATUSES.slice(1).entries()) {
          await sleep(1_000);
          await change(index + step, (person) => person.changeStatus(id, status).expect(200));
        }
      }
      for (let index = 0; performance.now() < endsAt; index += 1) {
        const run = runOrder(index).finally(() => running.delete(run));
        running.add(run);
        if (index % 25 === 0) {
          collect();
          if (process.platform === 'linux') await measureMemory();
        }
        await sleep(pauseMs * STATUSES.length);
      }
      await Promise.all(running);
      await sleep(1_500);
      collect();

      delays.sort((a, b) => a - b);
      const quantile = (share: number): number =>
        Math.round(delays[Math.floor(delays.length * share)] ?? NaN);
      const half = Math.floor(residentBytes.length / 2);
      const mean = (bytes: number[]): number =>
        bytes.reduce((sum, each) => sum + each, 0) / bytes.length / 2 ** 20;
      const [first, second] = [
        mean(residentBytes.slice(Math.floor(half / 2), half)),
        mean(residentBytes.slice(-half / 2)),
      ];
      process.stdout.write(
        `${answeredAt.size} changes, ${delays.length} events: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, ` +
          `last ${quantile(1 - 1 / delays.length)} ms; memory ${first.toFixed(0)} MiB, later ${second.toFixed(0)} MiB\n`,
      );
      expect(delays).toHaveLength(answeredAt.size * STREAMS);
      expect(quantile(GOAL.percent / 100)).toBeLessThanOrEqual(GOAL.withinMs);
      // A process grows in its first minutes.
      if (SECONDS >= 600) expect(second).toBeLessThan(1.1 * first);
    },
    SECONDS * 1000 + 60_000,
  );
});
