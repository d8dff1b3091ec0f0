import type { Response } from 'playwright-core';
import { seededProductId } from '../apps/api/openapi/seeded-ids.js';
import { describeInBrowser } from './support/browser.js';
import { bodyOf, parameter, type DocsPage } from './support/docs-page.js';
import { DocsShop, EMAIL, PASSWORD } from './support/docs-shop.js';

const LATTE = seededProductId(1);

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
  });
  afterAll(() => shop.close());

  /** Executes the order of the example. With `status` the API's response is lost, and one with that status comes instead. */
  async function placeExample(status?: number, headers = {}): Promise<Response> {
    const orders = '**/api/v1/orders';
    if (status !== undefined)
      await docs.page.route(orders, (route) => route.fulfill({ status, headers, json: {} }));
    const response = await docs.execute(await docs.task('Orders', 'POST', '/orders'));
    await docs.page.unroute(orders);
    return response;
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
    await docs.takePictures('start');
  });

  it("shows the API's sentence after a wrong password", async () => {
    await docs.submitLogin(EMAIL, 'wrong');

    await docs.loginForm.getByText('Incorrect email or password').waitFor();
    await docs.takePictures('login');
    expect(await docs.isAuthorized()).toBe(false);
  });

  it('logs in with e-mail and password', async () => {
    await docs.logIn(EMAIL, PASSWORD);

    expect(await docs.isAuthorized()).toBe(true);
  });

  it('places the order of the example as it stands', async () => {
    const response = await placeExample();

    expect(response.status()).toBe(201);
    ({ id: orderId } = await response.json());
    await docs.takePictures('order', await docs.task('Orders', 'POST', '/orders'));
  });

  it('sends a new Idempotency-Key with each call', async () => {
    const keys = [keyOf(await placeExample()), keyOf(await placeExample())];

    expect(keys).toEqual([expect.stringMatching(/^\S{16,}$/), expect.stringMatching(/^\S{16,}$/)]);
    expect(new Set(keys).size).toBe(2);
    const task = await docs.task('Orders', 'POST', '/orders');
    expect(await parameter(task, 'Idempotency-Key').inputValue()).toBe('');
  });

  it.each([
    ['another task', async () => docs.execute(await docs.task('Orders', 'GET', '/admin/orders'))],
    ['another unknown outcome', () => placeExample(502)],
    ['a reload', () => docs.reload()],
    [
      'a login that had ended',
      () => placeExample(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }),
    ],
  ])('repeats a call of an unknown outcome with its Idempotency-Key after %s', async (_, meanwhile) => {
    const lost = await placeExample(503);
    await meanwhile();
    if (!(await docs.isAuthorized())) await docs.logIn(EMAIL, PASSWORD);
    const repeated = await placeExample();

    expect(repeated.status()).toBe(201);
    expect(keyOf(repeated)).toBe(keyOf(lost));
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
    await docs.takePictures('status', task);
  });

  it('marks a product as sold out', async () => {
    const task = await docs.task('Counter', 'PUT', '/admin/products/{id}/availability');
    await parameter(task, 'id').fill(LATTE);
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

  it("shows today's report as it stands", async () => {
    const task = await docs.task('Reports', 'GET', '/admin/reports/days/{date}');
    const response = await docs.execute(task);

    expect(await response.json()).toMatchObject({ orders: 7, gross_sales_cents: 6300, cancelled: 1 });
    await docs.takePictures('report', task);
  });

  it('fills no outcome into the resolution of a payment', async () => {
    const task = await docs.task('Money desk', 'POST', '/admin/placements/{id}/resolve');

    expect(JSON.parse(await bodyOf(task).inputValue())).toEqual({ outcome: '', note: '' });
    await docs.takePictures('resolve', task);
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

function keyOf(response: Response): string | undefined {
  return response.request().headers()['idempotency-key'];
}
