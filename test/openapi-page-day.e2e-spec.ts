import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describeInBrowser } from './support/browser.js';
import { bodyOf, parameter, type DocsPage } from './support/docs-page.js';
import { DocsShop, EMAIL, PASSWORD } from './support/docs-shop.js';

/** Where pictures of the page go. Without it none are taken. */
const { SCREENSHOTS: directory = '' } = process.env;

describeInBrowser("A manager's day at /docs", () => {
  let shop: DocsShop;
  let docs: DocsPage;
  let orderId: string;
  const foreignRequests: string[] = [];

  beforeAll(async () => {
    shop = await DocsShop.start();
    shop.context.on('request', (request) => {
      if (!request.url().startsWith(shop.api.url)) foreignRequests.push(request.url());
    });
    docs = await shop.open();
    if (directory !== '') await mkdir(directory, { recursive: true });
  });
  afterAll(() => shop.close());

  /** Takes a picture in the size of a desktop and of a phone, from the given element on. */
  async function takePictures(name: string, from?: Locator): Promise<void> {
    if (directory === '') return;
    for (const [size, width, height] of [
      ['desktop', 1280, 900],
      ['phone', 390, 844],
    ] as const) {
      await docs.page.setViewportSize({ width, height });
      await from?.evaluate('(element) => element.scrollIntoView()');
      await docs.page.screenshot({ path: join(directory, `docs-${name}-${size}.png`) });
    }
    await docs.page.setViewportSize({ width: 1280, height: 900 });
  }

  it('groups the tasks in the order of a day', async () => {
    const groups = await docs.page.locator('.opblock-tag > a').allInnerTexts();

    expect(groups).toEqual([
      'Counter',
      'Orders',
      'Money desk',
      'Menu',
      'Shop',
      'People',
      'Reports',
      'Notifications',
      'Service',
    ]);
    await takePictures('start');
  });

  it("shows the API's sentence after a wrong password", async () => {
    await docs.submitLogin(EMAIL, 'wrong');

    await docs.loginForm.getByText('Incorrect email or password').waitFor();
    await takePictures('login');
    expect(await docs.isAuthorized()).toBe(false);
  });

  it('logs in with e-mail and password', async () => {
    await docs.logIn(EMAIL, PASSWORD);

    expect(await docs.isAuthorized()).toBe(true);
  });

  it('places the order of the example as it stands', async () => {
    const task = await docs.task('Orders', 'POST', '/orders');
    const response = await docs.execute(task);

    expect(response.status()).toBe(201);
    ({ id: orderId } = await response.json());
    await takePictures('order', task);
  });

  it('sends a new Idempotency-Key with each call', async () => {
    const task = await docs.task('Orders', 'POST', '/orders');
    const [first, second] = [await docs.execute(task), await docs.execute(task)];

    const keys = [first, second].map((response) => response.request().headers()['idempotency-key']);
    expect(keys).toEqual([expect.stringMatching(/^\S{16,}$/), expect.stringMatching(/^\S{16,}$/)]);
    expect(new Set(keys).size).toBe(2);
    expect(await parameter(task, 'Idempotency-Key').inputValue()).toBe('');
  });

  it('repeats a call of an unknown outcome with its Idempotency-Key', async () => {
    const task = await docs.task('Orders', 'POST', '/orders');
    const orders = '**/api/v1/orders';
    await docs.page.route(orders, (route) => route.fulfill({ status: 503, json: { detail: 'Unknown' } }));
    const lost = await docs.execute(task);
    await docs.page.unroute(orders);
    const repeated = await docs.execute(task);

    expect(repeated.status()).toBe(201);
    expect(repeated.request().headers()['idempotency-key']).toBe(lost.request().headers()['idempotency-key']);
  });

  it('lists the orders', async () => {
    const task = await docs.task('Orders', 'GET', '/admin/orders');
    const response = await docs.execute(task);

    expect((await response.json()).map(({ id }: { id: string }) => id)).toContain(orderId);
  });

  it('moves the order on', async () => {
    const task = await docs.task('Counter', 'PATCH', '/orders/{id}/status');
    await parameter(task, 'id').fill(orderId);
    const response = await docs.execute(task);

    expect(await response.json()).toMatchObject({ id: orderId, status: 'preparation' });
    await takePictures('status', task);
  });

  it('marks a product as sold out', async () => {
    const task = await docs.task('Counter', 'PUT', '/admin/products/{id}/availability');
    await task.locator('.opblock-section-request-body .examples-select-element').selectOption('sold_out');
    const response = await docs.execute(task);

    expect(await response.json()).toMatchObject({ name: 'Latte', sold_out: true });
  });

  it('cancels the order and shows its refund', async () => {
    const cancel = await docs.task('Orders', 'POST', '/orders/{id}/cancel');
    await parameter(cancel, 'id').fill(orderId);
    expect(await (await docs.execute(cancel)).json()).toMatchObject({ status: 'cancelled' });

    const refunds = await docs.task('Money desk', 'GET', '/orders/{id}/refunds');
    await parameter(refunds, 'id').fill(orderId);
    expect(await (await docs.execute(refunds)).json()).toMatchObject([{ amount_cents: 900 }]);
  });

  it("shows today's report", async () => {
    const task = await docs.task('Reports', 'GET', '/admin/reports/days/{date}');
    const response = await docs.execute(task);

    expect(await response.json()).toMatchObject({ orders: 4, gross_sales_cents: 3600, cancelled: 1 });
    await takePictures('report', task);
  });

  it('fills no outcome into the resolution of a payment', async () => {
    const task = await docs.task('Money desk', 'POST', '/admin/placements/{id}/resolve');

    expect(JSON.parse(await bodyOf(task).inputValue())).toEqual({ outcome: '', note: '' });
    await takePictures('resolve', task);
  });

  it('fits a phone', async () => {
    await docs.page.setViewportSize({ width: 390, height: 844 });

    const width: unknown = await docs.page.evaluate('document.documentElement.scrollWidth');
    const viewport = docs.page.locator('meta[name=viewport]');
    expect(await viewport.getAttribute('content')).toContain('width=device-width');
    expect(width).toBe(390);
    await docs.page.setViewportSize({ width: 1280, height: 900 });
  });

  it('requests nothing from another host', () => {
    expect(foreignRequests.filter((url) => !url.startsWith('data:'))).toEqual([]);
  });
});
