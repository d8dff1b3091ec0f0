import { Shutdown } from '../../apps/api/http/shutdown.js';
import { blockConnections, terminateConnections } from '../support/database-connections.js';
import { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** An API and its clients. */
export class ProblemContext {
  private constructor(
    readonly app: TestApp,
    readonly customer: Person,
    readonly barista: Person,
    readonly manager: Person,
    /** Has sent no request yet, so that the API has no cached role for this user. */
    readonly newManager: Person,
  ) {}

  static async start(): Promise<ProblemContext> {
    // Longer than an order waits for a slot.
    const app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '20000' });
    const people = await Promise.all([app.customer(), app.barista(), app.manager(), app.manager()]);
    return new ProblemContext(app, ...people);
  }

  /** Returns a client without a token. */
  get guest(): Person {
    return this.app.anonymous();
  }

  /** Returns a client with a malformed token. */
  get intruder(): Person {
    return new Person(this.app.url, '', 'malformed');
  }

  /** Returns the body of a valid order. */
  order(): ReturnType<Person['orderFor']> {
    return this.customer.orderFor(['Latte', 'Vanilla']);
  }

  /** Returns the id of a product on the menu. */
  async latteId(): Promise<string> {
    const { items } = await this.order();
    return items[0]?.product_id ?? '';
  }

  /** Makes the database unreachable. */
  async disconnectDatabase(): Promise<void> {
    await blockConnections(this.app.database);
    await terminateConnections(this.app.database);
  }

  /** Does what the shutdown begins with, and keeps the server open. */
  async beginShutdown(): Promise<void> {
    await this.app.api.get(Shutdown, { strict: false }).beforeApplicationShutdown();
  }
}
