import { setTimeout as sleep } from 'node:timers/promises';
import type { Fixtures } from './fixtures.js';
import type { Target } from './targets.js';

const BOARD = '/api/v1/admin/board';
const CHANGE_EVERY_MS = 50;
const NEXT: Record<string, string> = { waiting: 'preparation', preparation: 'ready', ready: 'delivered' };

/** Screens that follow the board, and a barista who moves its oldest orders on. */
export class BoardScreens {
  private readonly abort = new AbortController();
  private readonly running: Promise<unknown>[] = [];

  constructor(
    private readonly target: Target,
    private readonly headers: Fixtures['managerHeaders'],
    count: number,
  ) {
    for (let screen = 0; screen < count; screen += 1) this.running.push(this.follow(this.urlOf(screen)));
    this.running.push(this.moveOrders());
  }

  /** Throws an Error if a stream ended or a change failed. */
  async close(): Promise<void> {
    this.abort.abort();
    await Promise.all(this.running);
  }

  private urlOf(index: number): string {
    return this.target.servers[index % this.target.servers.length]?.url ?? '';
  }

  private async follow(url: string): Promise<void> {
    await this.untilClosed(async () => {
      const { headers, abort } = this;
      const response = await fetch(`${url}${BOARD}/stream`, { headers, signal: abort.signal });
      await response.body?.pipeTo(new WritableStream());
      throw new Error(`A stream ended, with status ${response.status}`);
    });
  }

  private async moveOrders(): Promise<void> {
    await this.untilClosed(async () => {
      for (;;) {
        const board = await fetch(this.urlOf(0) + BOARD, {
          headers: this.headers,
          signal: this.abort.signal,
        });
        const { orders } = (await board.json()) as { orders: { id: string; status: string }[] };
        for (const { id, status } of orders.slice(0, 20)) await this.move(id, NEXT[status]);
        await sleep(CHANGE_EVERY_MS);
      }
    });
  }

  private async move(id: string, status: string | undefined): Promise<void> {
    const response = await fetch(`${this.urlOf(0)}/api/v1/orders/${id}/status`, {
      method: 'PATCH',
      headers: { ...this.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ status }),
      signal: this.abort.signal,
    });
    if (!response.ok) throw new Error(`A status change failed with status ${response.status}`);
    await sleep(CHANGE_EVERY_MS);
  }

  private async untilClosed(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
  }
}
