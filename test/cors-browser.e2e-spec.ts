import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, startBrowser } from './support/browser.js';
import type { Person } from './support/person.js';
import { portOf } from './support/provider-stub.js';
import { TestApp } from './support/test-app.js';

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Read {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** Fetches in the page. Rejects if the browser does not let the page read the response. */
function fetchInPage([url, init]: [string, Sent]): Promise<Read> {
  return fetch(url, init).then(async (response) => ({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as Record<string, unknown>,
  }));
}

/** Returns the name of the first event that the page receives, or `error`. */
function openStreamInPage(url: string): Promise<string> {
  return new Promise((resolve) => {
    const stream = new EventSource(url);
    for (const name of ['snapshot', 'error'])
      stream.addEventListener(name, () => {
        stream.close();
        resolve(name);
      });
  });
}

describeInBrowser('A page of another origin', () => {
  let server: Server;
  let app: TestApp;
  let browser: Browser;
  let page: Page;
  let ana: Person;

  beforeAll(async () => {
    server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    app = await TestApp.start({ CORS_ORIGINS: `http://localhost:${portOf(server)}` });
    ana = await app.customer();
    browser = await startBrowser();
    page = await browser.newPage();
    await page.goto(`http://localhost:${portOf(server)}`);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
    server.close();
  });

  function send(path: string, init: Sent = {}): Promise<Read> {
    const headers = {
      Authorization: `Bearer ${ana.token}`,
      'Content-Type': 'application/json',
      ...init.headers,
    };
    return page.evaluate(fetchInPage, [app.url + path, { ...init, headers }] as [string, Sent]);
  }

  it('places an order, and reads its location and its ETag', async () => {
    const order = JSON.stringify(await ana.orderFor(['Latte', 'Vanilla']));
    const placed = await send('/api/v1/orders', {
      method: 'POST',
      headers: { 'Idempotency-Key': 'a-key-of-the-page' },
      body: order,
    });

    expect(placed).toMatchObject({ status: 201, headers: { etag: expect.any(String) as unknown } });
    const { pathname } = new URL(String(placed.headers.location), `${app.url}/api/v1/orders`);
    expect(await send(pathname)).toMatchObject({ status: 200, body: placed.body });
  });

  it('reads why it was refused', async () => {
    const init = { method: 'PATCH', body: '{"status": "ready"}', headers: { 'If-Match': '"1"' } };

    expect(await send('/api/v1/orders/1/status', init)).toMatchObject({
      status: 403,
      headers: { 'x-request-id': expect.any(String) as unknown },
      body: { code: 'insufficient_permissions' },
    });
  });

  it('receives the events of its order', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const { body } = await send('/api/v1/auth/stream-ticket', { method: 'POST' });

    const url = `${app.url}/api/v1/orders/${id}/stream?ticket=${String(body.ticket)}`;
    expect(await page.evaluate(openStreamInPage, url)).toBe('snapshot');
  });

  it('reads nothing if its origin is not in the list', async () => {
    await page.goto(`http://127.0.0.1:${portOf(server)}`);

    await expect(send('/api/v1/menu')).rejects.toThrow('Failed to fetch');
  });
});
