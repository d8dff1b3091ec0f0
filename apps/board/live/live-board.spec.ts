import { createApiClient } from '../api/client.js';
import { API, FakeApi, FakeStream, problemOf } from '../spec-support/fake-api.js';
import { fakeBrowser, pass, settle } from '../spec-support/fake-browser.js';
import { Store } from '../state/store.js';
import { LiveBoard } from './live-board.js';

const STREAM = 'GET /admin/board/stream';
const EMPTY = { orders: [], truncated: false };
const MENU = { products: [] };
const SHOP = { open: true };

describe('The live board', () => {
  let api: FakeApi;
  let window: EventTarget;
  let store: Store;
  let board: LiveBoard;
  let streams: FakeStream[];
  let session: { send: typeof fetch; renewAt: number };

  beforeEach(() => {
    ({ window } = fakeBrowser());
    api = new FakeApi();
    streams = [];
    api.on(STREAM, follow);
    api.on('GET /menu', () => Response.json(MENU));
    api.on('GET /shop', () => Response.json(SHOP));
    session = { send: (request) => fetch(request), renewAt: Date.now() + 3_600_000 };
    store = new Store();
    board = new LiveBoard(`${API}/admin/board/stream`, session, createApiClient(API), store);
  });
  afterEach(() => board.stop());

  function follow(request: Request): Response {
    const stream = new FakeStream(request);
    streams.push(stream);
    return stream.response;
  }

  async function start(): Promise<void> {
    void board.run();
    await settle();
  }

  async function sendSnapshot(): Promise<void> {
    streams.at(-1)?.send('snapshot', EMPTY);
    await settle();
  }

  it('is live when the snapshot comes', async () => {
    await start();
    expect(store.state.connection).toBe('connecting');

    await sendSnapshot();
    expect(store.state).toMatchObject({ connection: 'live', menu: MENU, shop: SHOP });
  });

  it('is lost if no snapshot comes within ten seconds, whatever else comes', async () => {
    await start();
    for (let seconds = 0; seconds < 10; seconds += 5) {
      streams[0]?.write(':\n\n');
      await pass(5_000);
    }

    expect(store.state.connection).toBe('lost');
  });

  it('stays live for longer than that', async () => {
    await start();
    await sendSnapshot();
    await pass(15_000);

    expect(store.state.connection).toBe('live');
  });

  it('waits 1, 2, then 3 seconds between attempts to connect', async () => {
    api.on(STREAM, () => problemOf(503, 'Not now'));
    await start();
    for (const [index, seconds] of [1, 2, 3, 3].entries()) {
      await pass(seconds * 1000 - 1);
      expect(api.count(STREAM)).toBe(index + 1);
      await pass(1);
      expect(api.count(STREAM)).toBe(index + 2);
    }
  });

  it('waits only a second again after a snapshot', async () => {
    api.on(STREAM, () => problemOf(503, 'Not now'));
    await start();
    await pass(6_000);
    api.on(STREAM, follow);
    await pass(3_000);
    await sendSnapshot();

    await pass(20_000);
    expect(store.state.connection).toBe('lost');
    await pass(1_000);
    expect(streams).toHaveLength(2);
  });

  it('connects at once when the device is online again', async () => {
    await start();
    await sendSnapshot();
    window.dispatchEvent(new Event('offline'));
    await settle();
    expect(store.state.connection).toBe('lost');

    window.dispatchEvent(new Event('online'));
    await settle();
    expect(streams).toHaveLength(2);
  });

  it('connects at once when somebody looks at the page again', async () => {
    api.on(STREAM, () => problemOf(503, 'Not now'));
    await start();
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();

    expect(api.count(STREAM)).toBe(2);
  });

  it('ends with the refusal if the user may no longer see it', async () => {
    api.on(STREAM, () => problemOf(403, 'Not enough permissions'));

    await expect(board.run()).rejects.toMatchObject({ status: 403, message: 'Not enough permissions' });
    expect(api.count(STREAM)).toBe(1);
  });

  it('goes on with a new stream before its token ends, and is not lost meanwhile', async () => {
    const connections = new Set<string>();
    session.renewAt = Date.now() + 15_000;
    await start();
    await sendSnapshot();
    store.subscribe((_before, { connection }) => connections.add(connection));
    streams[0]?.write(':\n\n');

    await pass(15_000);
    session.renewAt = Date.now() + 3_600_000;
    await sendSnapshot();

    expect(streams.length).toBeGreaterThan(1);
    expect([...connections]).toEqual(['live']);
  });

  it('keeps a menu that came by the stream while an older one was read', async () => {
    let answer: (response: Response) => void = () => undefined;
    api.on('GET /menu', () => new Promise((resolve) => (answer = resolve)));
    const later = { products: [{ id: 'latte' }] };
    await start();
    await sendSnapshot();
    streams[0]?.send('menu', later);
    await settle();

    answer(Response.json(MENU));
    await settle();

    expect(store.state).toMatchObject({ menu: later, shop: SHOP });
  });
});
