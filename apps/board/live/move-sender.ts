import { dataOf, type ApiClient } from '../api/client.js';
import { sentenceOf } from '../api/errors.js';
import { dueMoves, isLate, nextDueInMs, type Move } from '../state/moves.js';
import type { Store } from '../state/store.js';

/** Sends each move once, when it can no longer be undone. */
export class MoveSender {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly store: Store,
  ) {}

  /** Returns a function that stops it. */
  start(): () => void {
    const unsubscribe = this.store.subscribe((before, after) => {
      if (before.moves !== after.moves) this.schedule();
    });
    return () => {
      unsubscribe();
      clearTimeout(this.timer);
    };
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const delay = nextDueInMs(this.store.state.moves, Date.now());
    if (delay !== undefined) this.timer = setTimeout(() => this.sendDue(), delay);
  }

  private sendDue(): void {
    const now = Date.now();
    for (const [orderId, move] of dueMoves(this.store.state.moves, now)) {
      if (isLate(move, now)) this.refuse(orderId, 'Not moved on: it could not be sent in time.');
      else void this.send(orderId, move.to);
    }
    this.schedule();
  }

  private async send(id: string, status: Move['to']): Promise<void> {
    this.store.dispatch({ type: 'sent', orderId: id });
    try {
      const answer = await this.client.PATCH('/orders/{id}/status', {
        params: { path: { id } },
        body: { status },
      });
      this.store.dispatch({ type: 'order', order: dataOf(answer) });
    } catch (error) {
      this.refuse(id, sentenceOf(error));
    }
  }

  private refuse(orderId: string, reason: string): void {
    this.store.dispatch({ type: 'refused', orderId, reason });
  }
}
