import { jest } from '@jest/globals';
import { createApiClient } from '../api/client.js';
import { LIVE, MOVED, SNAPSHOT } from '../spec-support/boards.js';
import { API, FakeApi, problemOf } from '../spec-support/fake-api.js';
import { fakeBrowser, pass, settle } from '../spec-support/fake-browser.js';
import { UNDO_MS } from '../state/moves.js';
import { Store } from '../state/store.js';
import { MoveSender } from './move-sender.js';

const PATCH = 'PATCH /orders/a/status';

describe('A tap that moves an order on', () => {
  let api: FakeApi;
  let store: Store;
  let stop: () => void;

  beforeEach(() => {
    fakeBrowser();
    api = new FakeApi();
    api.on(PATCH, () => Response.json(MOVED));
    store = new Store();
    stop = new MoveSender(createApiClient(API), store).start();
    for (const action of [SNAPSHOT, LIVE]) store.dispatch(action);
    store.dispatch({ type: 'move', orderId: 'a', now: Date.now() });
  });
  afterEach(() => stop());

  it('is sent once, when it can no longer be undone', async () => {
    await pass(UNDO_MS - 1);
    expect(api.requests).toEqual([]);

    await pass(60_000);
    expect(api.requests).toEqual([PATCH]);
    expect(store.state.orders.get('a')).toEqual(MOVED);
  });

  it('is not sent if it is undone', async () => {
    store.dispatch({ type: 'undo', orderId: 'a' });
    await pass(60_000);

    expect(api.requests).toEqual([]);
  });

  it('is not sent after the device slept, and its card says so', async () => {
    jest.setSystemTime(Date.now() + 3_600_000);
    await pass(UNDO_MS);

    expect(api.requests).toEqual([]);
    expect(store.state.notices.get('a')).toMatch(/^Not moved on/);
  });

  it('leaves the reason on the card if the API refuses it', async () => {
    api.on(PATCH, () => problemOf(409, 'Not so fast'));
    await pass(UNDO_MS);
    await settle();

    expect(store.state.notices.get('a')).toBe('Not so fast');
  });
});
