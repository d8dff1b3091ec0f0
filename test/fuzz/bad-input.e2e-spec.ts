import { toExchange, type BadRequest } from './bad-request.js';
import { ADDRESSES } from './cases/addresses.js';
import { BODIES } from './cases/bodies.js';
import { KEYS } from './cases/keys.js';
import { LOGINS } from './cases/logins.js';
import { ORDERS } from './cases/orders.js';
import { PRODUCTS } from './cases/products.js';
import { STATUS_CHANGES } from './cases/status-changes.js';
import { TOKENS } from './cases/tokens.js';
import { exchange, raw } from './exchange.js';
import { openWorld, stateOf, type World } from './world.js';

const SLOWEST_MS = 1_000;
const PROBLEM = {
  type: expect.stringMatching(/^urn:coffee-shop:problem:\w+$/),
  title: expect.any(String),
  detail: expect.any(String),
  instance: expect.stringMatching(/^\//),
  code: expect.any(String),
  request_id: expect.any(String),
};
/** What would tell how the shop is built. */
const INSIDES = /node_modules|\bat .+:\d+|SELECT |INSERT |QueryFailed|SyntaxError|postgres/;

describe('a bad request is answered in so many words, at once, and changes nothing:', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.shop.close());

  describe.each<[string, BadRequest[]]>([
    ['body', BODIES],
    ['order', ORDERS],
    ['Idempotency-Key', KEYS],
    ['address', ADDRESSES],
    ['token', TOKENS],
    ['login', LOGINS],
    ['status change', STATUS_CHANGES],
    ['product', PRODUCTS],
  ])('%s', (_, cases) => {
    it.each(cases)('$number $words: $status', async ({ request, first, raw: bytes, status, says, holds }) => {
      if (first) await exchange(world.shop.url, toExchange(first(world), world));
      const before = await stateOf(world);

      const reply = bytes
        ? await raw(world.shop.url, bytes(world))
        : await exchange(world.shop.url, toExchange(request(world), world));

      expect(`${reply.status} ${reply.text}`).toMatch(new RegExp(`^${status} `));
      expect(reply.ms).toBeLessThan(SLOWEST_MS);
      if (says) expect(reply.text).toContain(says);
      const isReplay = first && status === 200;
      if (status >= 400 || isReplay) expect(await stateOf(world)).toBe(before);
      if (status >= 400) expect(reply.text).not.toMatch(INSIDES);
      // What is no HTTP is refused by the server before any of ours sees it.
      if (status >= 400 && status !== 431 && !bytes) {
        expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
        expect(JSON.parse(reply.text)).toMatchObject({ ...PROBLEM, status });
      }
      await holds?.(reply, world);
    });
  });
});
