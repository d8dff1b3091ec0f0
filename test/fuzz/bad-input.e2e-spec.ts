import { toRawRequest, type BadRequest } from './bad-request.js';
import { BODIES } from './cases/bodies.js';
import { IDEMPOTENCY_KEYS } from './cases/idempotency-keys.js';
import { LOGINS } from './cases/logins.js';
import { ORDER_FIELDS } from './cases/order-fields.js';
import { ORDER_LINES } from './cases/order-lines.js';
import { PRODUCTS } from './cases/products.js';
import { REFRESH_TOKENS } from './cases/refresh-tokens.js';
import { STATUS_CHANGES } from './cases/status-changes.js';
import { TOKENS } from './cases/tokens.js';
import { URLS } from './cases/urls.js';
import { createFuzzContext, snapshotState, type FuzzContext } from './fuzz-context.js';
import { sendBytes, sendRequest } from './raw-http.js';

const MAX_RESPONSE_MS = 1_000;
const PROBLEM = {
  type: expect.stringMatching(/^urn:coffee-shop:problem:\w+$/),
  title: expect.any(String),
  detail: expect.any(String),
  instance: expect.stringMatching(/^\//),
  code: expect.any(String),
  request_id: expect.any(String),
};
/** Text that would reveal the implementation. */
const INTERNALS = /node_modules|\bat .+:\d+|SELECT |INSERT |QueryFailed|SyntaxError|postgres/;

describe('invalid and unusual requests', () => {
  let context: FuzzContext;

  beforeAll(async () => {
    context = await createFuzzContext();
  });
  afterAll(() => context.app.close());

  describe.each<[string, BadRequest[]]>([
    ['request body', BODIES],
    ['order line', ORDER_LINES],
    ['order field', ORDER_FIELDS],
    ['Idempotency-Key', IDEMPOTENCY_KEYS],
    ['URL', URLS],
    ['token', TOKENS],
    ['POST /auth/token', LOGINS],
    ['refresh token', REFRESH_TOKENS],
    ['PATCH /orders/:id/status', STATUS_CHANGES],
    ['/admin/products', PRODUCTS],
  ])('%s', (_, cases) => {
    it.each(cases)(
      'returns $status for $title',
      async ({ request, precededBy, rawBytes, status, contains, check }) => {
        if (precededBy) await sendRequest(context.app.url, toRawRequest(precededBy(context), context));
        const before = await snapshotState(context);

        const response = rawBytes
          ? await sendBytes(context.app.url, rawBytes(context))
          : await sendRequest(context.app.url, toRawRequest(request(context), context));

        expect(`${response.status} ${response.text}`).toMatch(new RegExp(`^${status} `));
        expect(response.ms).toBeLessThan(MAX_RESPONSE_MS);
        if (contains) expect(response.text).toContain(contains);
        const isReplay = precededBy && status === 200;
        if (status >= 400 || isReplay) expect(await snapshotState(context)).toBe(before);
        if (status >= 400) expect(response.text).not.toMatch(INTERNALS);
        if (status >= 400 && !rawBytes) {
          expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
          expect(JSON.parse(response.text)).toMatchObject({ ...PROBLEM, status });
        }
        check?.(response);
      },
    );
  });
});
