import { FakeApi, API } from '../spec-support/fake-api.js';
import { fakeBrowser } from '../spec-support/fake-browser.js';
import { Session } from '../session/session.js';
import { Counter } from './counter.js';

const TOKENS = { email: 'barista@example.com', role: 'barista', accessToken: 'a', refreshToken: 'r' };

describe('What the counter changes', () => {
  let api: FakeApi;
  let counter: Counter;

  beforeEach(() => {
    const { stored } = fakeBrowser();
    stored.set('coffee-shop.board', JSON.stringify({ ...TOKENS, renewAt: Date.now() + 60_000 }));
    api = new FakeApi();
    counter = new Counter(API, new Session(API), () => undefined);
  });

  it.each([
    ['PUT /admin/products/p/availability', () => counter.setSoldOut('p', undefined, true)],
    ['PUT /admin/products/p/variations/v/availability', () => counter.setSoldOut('p', 'v', true)],
    ['PUT /admin/shop/pause', () => counter.pause(15)],
    ['DELETE /admin/shop/pause', () => counter.resume()],
  ])('%s leaves menu and shop to the stream', async (route, change) => {
    api.on(route, () => Response.json({}));
    const before = counter.store.state;

    await change();

    expect(api.requests).toEqual([route]);
    expect(counter.store.state).toBe(before);
  });
});
