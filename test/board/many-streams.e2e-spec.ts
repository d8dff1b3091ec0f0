import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { EventStream } from '../../apps/api/board/event-stream.js';
import { StatementLog, type Statement } from '../scale/statement-log.js';
import { ApiProcess } from '../support/api-process.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const STREAMS = 200;
/** Longer than two polls. */
const A_WHILE_MS = 2_500;

describe('A process with many streams', () => {
  let app: TestApp;
  let log: StatementLog;
  let customer: Person;
  let barista: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    log = new StatementLog(app.api.get(DataSource));
    [customer, barista] = await Promise.all([app.customer(), app.barista()]);
  });
  afterAll(() => app.close());

  async function openStreams(count: number, person = barista): Promise<EventStreamClient[]> {
    return Promise.all(Array.from({ length: count }, () => EventStreamClient.ofBoard(person)));
  }

  function ofBoard(statements: Statement[]): Statement[] {
    return statements.filter(({ sql }) => sql.includes('isOnBoard'));
  }

  it('queries nothing for the board while nobody listens', async () => {
    const [stream] = await openStreams(1);
    stream?.close();
    const [order] = await Promise.all([customer.orderFor(['Latte', 'Vanilla']), sleep(A_WHILE_MS)]);

    const statements = await log.capture(async () => {
      await customer.placeWithKey(order).expect(201);
      await sleep(A_WHILE_MS);
    });

    expect(ofBoard(statements)).toEqual([]);
  });

  it('makes one query for a change, however many streams see it', async () => {
    const streams = await openStreams(50);
    const order = await customer.orderFor(['Latte', 'Vanilla']);

    const statements = await log.capture(async () => {
      const { body } = await customer.placeWithKey(order).expect(201);
      await Promise.all(streams.map((stream) => stream.order(body.id as string, 'waiting')));
    });

    // One for the signal, and perhaps one for the poll.
    expect(ofBoard(statements).length).toBeLessThanOrEqual(2);
    for (const stream of streams) stream.close();
  });

  it('makes few queries for many streams that connect at once', async () => {
    const statements = await log.capture(async () => {
      const streams = await openStreams(50);
      for (const stream of streams) stream.close();
    });

    expect(ofBoard(statements).length).toBeLessThan(20);
  });

  it('ends a stream for which writing fails, and goes on with the others', async () => {
    const [broken, sound] = [...(await openStreams(1)), ...(await openStreams(1))];
    const failing = mock.method(
      EventStream.prototype,
      'write',
      () => {
        throw new Error('out of memory');
      },
      { times: 1 },
    );

    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);

    await sound?.order(id, 'waiting');
    await broken?.ended();
    failing.mock.restore();
    sound?.close();
  });

  it('exits within 5 s of SIGTERM, and ends every stream within 1.5 s', async () => {
    const api = await ApiProcess.start(app.environment);
    const streams = await openStreams(STREAMS, barista.at(api.url));

    const stoppedAt = performance.now();
    api.program.send('SIGTERM');
    await Promise.all(streams.map((stream) => stream.ended()));
    const endedAfterMs = performance.now() - stoppedAt;
    await api.program.exited;

    expect(endedAfterMs).toBeLessThan(1_500);
    expect(performance.now() - stoppedAt).toBeLessThan(5_000);
  }, 30_000);
});
