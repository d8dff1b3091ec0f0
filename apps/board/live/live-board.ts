import { dataOf, type ApiClient } from '../api/client.js';
import { refusalOf, Refused } from '../api/errors.js';
import type { Session } from '../session/session.js';
import { delayAfter } from '../state/backoff.js';
import type { Store } from '../state/store.js';
import { readEvents, type BoardEvent } from './events.js';

const SNAPSHOT_TIMEOUT_MS = 10_000;
/** The reason to end a stream whose token is about to end. The next stream has a new token. */
const RENEWAL = 'renewal';

/** Keeps the store equal to the shop: follows the stream of the board, and connects again when that ends. */
export class LiveBoard {
  private readonly stopping = new AbortController();
  private connection = new AbortController();
  private failures = 0;
  private wake: () => void = () => undefined;

  /** @param url of the stream */
  constructor(
    private readonly url: string,
    private readonly session: Pick<Session, 'send' | 'renewAt'>,
    private readonly client: ApiClient,
    private readonly store: Store,
  ) {}

  /**
   * Runs until `stop`.
   * @throws Refused if the user may no longer see the board
   */
  async run(): Promise<void> {
    const { signal } = this.stopping;
    addEventListener('offline', () => this.lose(), { signal });
    addEventListener('online', () => this.wake(), { signal });
    // A browser slows the timers of a hidden page.
    document.addEventListener('visibilitychange', () => this.wake(), { signal });
    while (!signal.aborted) {
      const isRenewal = await this.follow().catch((error: unknown) => {
        if (error instanceof Refused && error.status === 403) throw error;
        return false;
      });
      if (!isRenewal) await this.waitToRetry();
    }
  }

  stop(): void {
    this.stopping.abort();
    this.connection.abort();
    this.wake();
  }

  /** Follows one stream. Returns true if it ended to renew the token, which is not a lost connection. */
  private async follow(): Promise<boolean> {
    const connection = (this.connection = new AbortController());
    const { signal } = connection;
    const connecting = setTimeout(() => connection.abort(), SNAPSHOT_TIMEOUT_MS);
    let renewing: ReturnType<typeof setTimeout> | undefined;
    try {
      const response = await this.session.send(new Request(this.url, { signal }));
      if (!response.ok) throw await refusalOf(response);
      this.readClock(response);
      renewing = setTimeout(() => connection.abort(RENEWAL), this.session.renewAt - Date.now());
      await readEvents(response, (event) => {
        // The header comes before the API has read the board.
        if (event.type === 'snapshot') clearTimeout(connecting);
        this.receive(event, connection);
      });
    } catch (error) {
      if (signal.reason !== RENEWAL) throw error;
    } finally {
      clearTimeout(connecting);
      clearTimeout(renewing);
      connection.abort();
    }
    return signal.reason === RENEWAL;
  }

  private receive(event: BoardEvent, connection: AbortController): void {
    this.store.dispatch(event);
    if (event.type !== 'snapshot') return;
    this.failures = 0;
    this.store.dispatch({ type: 'connection', connection: 'live' });
    this.readMenuAndShop().catch(() => connection.abort());
  }

  /** A snapshot has neither. An event that came meanwhile is newer than what was read. */
  private async readMenuAndShop(): Promise<void> {
    const before = this.store.state;
    const [menu, shop] = await Promise.all([this.client.GET('/menu'), this.client.GET('/shop')]);
    const { state } = this.store;
    if (state.menu === before.menu) this.store.dispatch({ type: 'menu', menu: dataOf(menu) });
    if (state.shop === before.shop) this.store.dispatch({ type: 'shop', shop: dataOf(shop) });
  }

  private readClock({ headers }: Response): void {
    const time = Date.parse(headers.get('Date') ?? '');
    if (!Number.isNaN(time)) this.store.dispatch({ type: 'clock', aheadMs: time - Date.now() });
  }

  private lose(): void {
    this.store.dispatch({ type: 'connection', connection: 'lost' });
    this.connection.abort();
  }

  private async waitToRetry(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.store.dispatch({ type: 'connection', connection: 'lost' });
    this.failures += 1;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, delayAfter(this.failures));
    });
  }
}
