import type { ServerResponse } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { eventually } from '../support/eventually.js';
import { NotificationInspector } from '../support/notification-inspector.js';
import { accept, type NotificationBehaviour } from '../support/notification-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

export const fail: NotificationBehaviour = (response) => response.writeHead(500).end('out of order');

/** An app with a customer, a manager and a view of its notifications; it starts without a worker. */
export class NotificationContext {
  private readonly workers: INestApplicationContext[] = [];

  private constructor(
    readonly app: TestApp,
    readonly inspector: NotificationInspector,
    readonly customer: Person,
    readonly manager: Person,
  ) {}

  static async start(environment?: NodeJS.ProcessEnv): Promise<NotificationContext> {
    const app = await TestApp.start(environment);
    const [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    return new NotificationContext(app, new NotificationInspector(app), customer, manager);
  }

  async startWorker(): Promise<INestApplicationContext> {
    const worker = await this.app.startWorker();
    this.workers.push(worker);
    return worker;
  }

  async stopWorkers(): Promise<void> {
    for (const worker of this.workers.splice(0)) await worker.close();
  }

  /** Places an order, changes its status step by step and returns its id. */
  async placeOrder(...statuses: string[]): Promise<string> {
    const { id } = await this.customer.placeOrder(['Latte', 'Vanilla']);
    for (const status of statuses) await this.manager.changeStatus(id, status).expect(200);
    return id;
  }

  /** Returns the id of an order with one notification, which is dead. */
  async placeOrderWithDeadNotification(): Promise<string> {
    this.app.notifications.defaultBehaviour = fail;
    const order = await this.placeOrder('preparation');
    await this.inspector.waitForAttempts(order, 1);
    await this.inspector.exhaustAttempts(order);
    await this.inspector.makeDue(order);
    await this.inspector.waitForState('dead', order);
    this.app.notifications.defaultBehaviour = accept;
    return order;
  }

  /** Holds the next request of the worker. The returned function waits for it and returns its response. */
  holdNextRequest(): () => Promise<ServerResponse> {
    let held: ServerResponse | undefined;
    this.app.notifications.once((response) => (held = response));
    return () => eventually('a request to the notification provider', () => held);
  }

  /** The `webhook-id` of each request for an order. */
  receivedIds(order: string): unknown[] {
    return this.inspector.received(order).map(({ headers }) => headers['webhook-id']);
  }

  /** The `webhook-sequence` of each request for an order. */
  receivedSequences(order: string): unknown[] {
    return this.inspector.received(order).map(({ headers }) => headers['webhook-sequence']);
  }

  /** The body of each request for an order. */
  receivedBodies(order: string): string[] {
    return this.inspector.received(order).map(({ body }) => body);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
