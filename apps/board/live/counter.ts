import { createApiClient, dataOf } from '../api/client.js';
import type { CancelReason } from '../api/types.js';
import type { Session } from '../session/session.js';
import { mayCancel, type OpenStatus } from '../state/status.js';
import { Store } from '../state/store.js';
import { LiveBoard } from './live-board.js';
import { MoveSender } from './move-sender.js';

/**
 * What somebody at the counter can do. The store shows what comes of it. What changes the menu or the shop waits for the stream to say
 * so, because the answer can be older than the last event.
 */
export class Counter {
  readonly store = new Store();
  private readonly client;
  private readonly sender;
  private live: LiveBoard | undefined;
  private stopSending: () => void = () => undefined;

  /**
   * @param api the URL of the API, without a slash at the end
   * @param onForbidden called if the user may no longer see the board
   */
  constructor(
    private readonly api: string,
    private readonly session: Session,
    private readonly onForbidden: (error: Error) => void,
  ) {
    this.client = createApiClient(api, (request) => session.send(request));
    this.sender = new MoveSender(this.client, this.store);
  }

  start(): void {
    this.session.onExpired = () => {
      this.live?.stop();
      this.store.dispatch({ type: 'connection', connection: 'expired' });
    };
    this.stopSending = this.sender.start();
    this.connect();
  }

  stop(): void {
    this.stopSending();
    this.live?.stop();
  }

  /** Continues after the login has expired. */
  async logInAgain(email: string, password: string): Promise<void> {
    await this.session.logIn(email, password);
    this.store.dispatch({ type: 'connection', connection: 'lost' });
    this.connect();
  }

  /** Moves an order on, after a time in which that can be undone. */
  move(orderId: string): void {
    this.store.dispatch({ type: 'move', orderId, now: Date.now() });
  }

  undo(orderId: string): void {
    this.store.dispatch({ type: 'undo', orderId });
  }

  /** Removes a notice, or the card of a cancelled order. */
  dismiss(orderId: string): void {
    this.store.dispatch({ type: 'dismissed', orderId });
  }

  /** Returns whether the user may cancel orders with this status. */
  mayCancel(status: OpenStatus): boolean {
    return mayCancel(this.session.role, status);
  }

  async cancel(id: string, reason: CancelReason, note: string): Promise<void> {
    const body = note === '' ? { reason } : { reason, note };
    const answer = await this.client.POST('/orders/{id}/cancel', { params: { path: { id } }, body });
    this.store.dispatch({ type: 'order', order: dataOf(answer) });
    this.dismiss(id);
  }

  /** @param until when it is available again by itself, in RFC 3339 */
  async setSoldOut(
    productId: string,
    variationId: string | undefined,
    soldOut: boolean,
    until?: string,
  ): Promise<void> {
    const body = { sold_out: soldOut, ...(until !== undefined && { until }) };
    if (variationId === undefined) {
      await this.client.PUT('/admin/products/{id}/availability', {
        params: { path: { id: productId } },
        body,
      });
    } else {
      const path = { id: productId, variation_id: variationId };
      await this.client.PUT('/admin/products/{id}/variations/{variation_id}/availability', {
        params: { path },
        body,
      });
    }
  }

  /** @param minutes until orders are taken again by themselves */
  async pause(minutes: number | undefined): Promise<void> {
    await this.client.PUT('/admin/shop/pause', { body: minutes === undefined ? {} : { minutes } });
  }

  async resume(): Promise<void> {
    await this.client.DELETE('/admin/shop/pause');
  }

  private connect(): void {
    this.live?.stop();
    this.live = new LiveBoard(`${this.api}/admin/board/stream`, this.session, this.client, this.store);
    this.live.run().catch(this.onForbidden);
  }
}
