import { toRawRequest, type BadRequest } from './bad-request.js';
import { URLS } from './cases/urls.js';
import { BODIES } from './cases/bodies.js';
import { IDEMPOTENCY_KEYS } from './cases/idempotency-keys.js';
import { LOGINS } from './cases/logins.js';
import { ORDERS } from './cases/orders.js';
import { PRODUCTS } from './cases/products.js';
import { STATUS_CHANGES } from './cases/status-changes.js';
import { TOKENS } from './cases/tokens.js';
import { sendRequest, sendBytes } from './raw-http.js';
import { createFuzzContext, snapshotState, type FuzzContext } from './fuzz-context.js';

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
  let context: FuzzContext;

  beforeAll(async () => {
    context = await createFuzzContext();
  });
  afterAll(() => context.app.close());

  describe.each<[string, BadRequest[]]>([
    ['body', BODIES],
    ['order', ORDERS],
    ['Idempotency-Key', IDEMPOTENCY_KEYS],
    ['address', URLS],
    ['token', TOKENS],
    ['login', LOGINS],
    ['status change', STATUS_CHANGES],
    ['product', PRODUCTS],
  ])('%s', (_, cases) => {
    it.each(cases)(
      '$number $title: $status',
      async ({ request, first, raw: bytes, status, contains, check }) => {
        if (first) await sendRequest(context.app.url, toRawRequest(first(context), context));
        const before = await snapshotState(context);

        const reply = bytes
          ? await sendBytes(context.app.url, bytes(context))
          : await sendRequest(context.app.url, toRawRequest(request(context), context));

        expect(`${reply.status} ${reply.text}`).toMatch(new RegExp(`^${status} `));
        expect(reply.ms).toBeLessThan(SLOWEST_MS);
        if (contains) expect(reply.text).toContain(contains);
        const isReplay = first && status === 200;
        if (status >= 400 || isReplay) expect(await snapshotState(context)).toBe(before);
        if (status >= 400) expect(reply.text).not.toMatch(INSIDES);
        // What is no HTTP is refused by the server before any of ours sees it.
        if (status >= 400 && status !== 431 && !bytes) {
          expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
          expect(JSON.parse(reply.text)).toMatchObject({ ...PROBLEM, status });
        }
        await check?.(reply, context);
      },
    );
  });
});
