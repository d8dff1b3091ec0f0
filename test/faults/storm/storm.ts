import type { ProviderIdempotency } from '#config';
import { eventually } from '../../support/eventually.js';
import { accept } from '../../support/notification-stub.js';
import { approve } from '../../support/payment-stub.js';
import { TestShop } from '../../support/shop.js';
import type { Chance } from './chance.js';
import { Crowd } from './crowd.js';
import { Member, type Kind } from './fleet.js';
import { violations } from './invariants.js';
import type { Purchase } from './purchase.js';
import { Watch } from './watch.js';

/** Something that goes wrong while orders are placed and moved on. */
export interface Fault {
  name: string;
  /** Only with such a provider; else with every one. */
  only?: ProviderIdempotency;
  /** A frozen process cannot end its transactions; the database does it after five seconds. */
  leavesTransactionsOpen?: boolean;
  /** What must be in place before the rush begins. */
  brews?(storm: Storm): void | Promise<void>;
  /** Strikes while the rush is on; resolves when it is over. */
  strikes?(storm: Storm): void | Promise<void>;
}

/** A shop of two API processes and two workers, with a crowd that goes on whatever happens, until all is calm again. */
export class Storm {
  readonly purchases: Purchase[] = [];
  private readonly watch: Watch;

  private constructor(
    readonly shop: TestShop,
    readonly chance: Chance,
    readonly apis: readonly Member[],
    readonly workers: readonly Member[],
    private readonly crowd: Crowd,
  ) {
    this.watch = new Watch(shop.database);
  }

  static async brews(idempotency: ProviderIdempotency, chance: Chance): Promise<Storm> {
    const shop = await TestShop.open({
      PAYMENT_TIMEOUT_MS: '400',
      PAYMENT_PROVIDER_IDEMPOTENCY: idempotency,
    });
    shop.payments.honoursKeys = idempotency === 'supported';
    const start = (kind: Kind): Promise<Member> =>
      Member.start(kind, { ...shop.environment, LOG_LEVEL: 'debug' });
    const apis = await Promise.all([start('api'), start('api')]);
    const workers = await Promise.all([start('worker'), start('worker')]);
    return new Storm(shop, chance, apis, workers, await Crowd.gathers(shop, chance, apis));
  }

  get members(): Member[] {
    return [...this.apis, ...this.workers];
  }

  /** One rush of orders with one fault in it, and then calm; answers what does not hold. */
  async round(fault: Fault): Promise<string[]> {
    const { payments, notifications, database } = this.shop;
    await fault.brews?.(this);
    const purchases = this.crowd.wishes();
    this.purchases.push(...purchases);
    const rush = this.crowd.rushes(purchases);
    await fault.strikes?.(this);
    await rush;

    payments.usually = approve;
    notifications.usually = accept;
    await Promise.all(this.members.map((member) => member.stands()));
    await this.calm();
    await this.crowd.settles((placement) => payments.charges.some(({ key }) => key === placement));
    await this.crowd.endsUp(purchases);
    const broken = await violations({
      database,
      purchases,
      charges: payments.charges,
      notified: notifications.received,
      moved: this.crowd.moved,
      logs: this.members.map(({ output }) => output).join(''),
      secrets: ['storm-key-', new URL(database.url).password, ...this.crowd.tokens],
    });
    const seen = this.watch.seen();
    return [...broken, ...this.crowd.complains(), ...(fault.leavesTransactionsOpen ? [] : seen)];
  }

  async close(): Promise<void> {
    this.watch.stop();
    await Promise.all(this.members.map((member) => member.close()));
    await this.shop.close();
  }

  /** Waits until the workers have nothing left to do; retries that are far away are brought near. */
  private async calm(): Promise<void> {
    const { database } = this.shop;
    await eventually(
      'calm',
      async () => {
        await database.query(
          `UPDATE notifications SET due_at = now() WHERE state = 'pending' AND due_at > now() + interval '3 seconds'`,
        );
        await database.query(
          `UPDATE order_placements SET lease_expires_at = now() WHERE state = 'unknown' AND lease_expires_at > now()`,
        );
        const [busy] = await database.query<{ count: number }>(
          `SELECT (SELECT count(*) FROM notifications WHERE state = 'pending')::int
                + (SELECT count(*) FROM order_placements
                    WHERE state = 'charging' OR state = 'unknown' AND lease_expires_at IS NOT NULL)::int AS count`,
        );
        return busy?.count === 0;
      },
      60_000,
    );
  }
}
