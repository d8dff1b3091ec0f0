import type { BoardDto } from '../../apps/api/board/dto/board.dto.js';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { SeededRandom } from '../faults/chaos/seeded-random.js';
import { ApiProcess } from '../support/api-process.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const SECONDS = Number(process.env.BOARD_STORM_SECONDS ?? 4);
const SEED = Number(process.env.BOARD_STORM_SEED ?? 20261130);
const ACTORS = 4;
const SCREENS = 8;
const STATUSES = ['waiting', 'preparation', 'ready', 'delivered', 'cancelled'];

/** A tablet that reconnects now and then, and all orders that it was ever sent. */
class Screen {
  readonly received: OrderDto[] = [];
  private stream: EventStreamClient | undefined;

  constructor(
    private readonly staff: Person,
    private readonly urls: string[],
    private readonly random: SeededRandom,
  ) {}

  async connect(): Promise<void> {
    this.disconnect();
    this.stream = await EventStreamClient.ofBoard(this.staff.at(this.random.pick(this.urls)));
  }

  disconnect(): void {
    if (!this.stream) return;
    this.stream.close();
    const [snapshot] = this.stream.events;
    const { orders } = JSON.parse(snapshot?.data ?? '') as BoardDto;
    this.received.push(...orders, ...this.stream.orders());
    this.stream = undefined;
  }

  board(): BoardDto | undefined {
    return this.stream?.board();
  }
}

describe(`a storm of changes over two processes (BOARD_STORM_SEED=${SEED})`, () => {
  let app: TestApp;
  let other: ApiProcess;
  let screens: Screen[];
  let expected: BoardDto;

  beforeAll(
    async () => {
      app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
      other = await ApiProcess.start(app.environment);
      await app.startWorker();
      const random = new SeededRandom(SEED);
      const urls = [app.url, other.url];
      const manager = await app.manager();
      screens = Array.from({ length: SCREENS }, () => new Screen(manager, urls, random));
      await Promise.all(screens.map((screen) => screen.connect()));
      const endsAt = Date.now() + SECONDS * 1000;
      const order = await manager.orderFor(['Latte', 'Vanilla']);
      const open: string[] = [];

      /** Places an order, refunds a part of one, moves one, or cancels one, whatever comes of it. */
      async function act(): Promise<void> {
        const person = manager.at(random.pick(urls));
        if (open.length < 20 || random.chance(25)) {
          open.push((await person.placeWithKey(order).expect(201)).body.id as string);
          return;
        }
        const id = random.pick(open);
        if (random.chance(20)) {
          await person.post(`/api/v1/orders/${id}/refunds`, { amount_cents: 10, reason: 'quality' });
          return;
        }
        const change = random.chance(15)
          ? person.post(`/api/v1/orders/${id}/cancel`)
          : person.changeStatus(id, random.pick(STATUSES.slice(1, 4)));
        const { body } = await change;
        // Another actor may have seen its end too.
        if (['delivered', 'cancelled'].includes(body.status) && open.includes(id))
          open.splice(open.indexOf(id), 1);
      }
      async function repeat(action: () => Promise<void>): Promise<void> {
        while (Date.now() < endsAt) await action();
      }
      await Promise.all([
        ...Array.from({ length: ACTORS }, () => repeat(act)),
        repeat(() => random.pick(screens).connect()),
      ]);
      await eventually('the last refund', async () => {
        const { body } = await manager.get('/api/v1/admin/refunds?state=pending').expect(200);
        return (body as unknown[]).length === 0;
      });
      expected = (await manager.get('/api/v1/admin/board').expect(200)).body as BoardDto;
    },
    SECONDS * 1000 + 30_000,
  );
  afterAll(async () => {
    await other.stop();
    await app.close();
  });

  it('leaves every screen with the board of GET /admin/board', async () => {
    for (const screen of screens)
      await eventually(
        'the last event',
        () => JSON.stringify(screen.board()) === JSON.stringify(expected),
      ).catch(() => expect(screen.board()).toEqual(expected));
    expect(expected.orders.length).toBeGreaterThan(5);
  });

  it('shows no screen an older version of an order after a newer one', () => {
    for (const screen of screens) {
      screen.disconnect();
      const latest = new Map<string, OrderDto>();
      for (const order of screen.received) {
        const before = latest.get(order.id) ?? order;
        expect(STATUSES.indexOf(order.status)).toBeGreaterThanOrEqual(STATUSES.indexOf(before.status));
        expect(order.updated_at >= before.updated_at).toBe(true);
        expect(order.refunded_cents).toBeGreaterThanOrEqual(before.refunded_cents);
        latest.set(order.id, order);
      }
      expect([...latest.values()].some((order) => order.refunded_cents > 0)).toBe(true);
    }
  });
});
