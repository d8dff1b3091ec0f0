import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { CollectorStub } from '../support/collector-stub.js';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import type { Person } from '../support/person.js';
import { RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const SCRIPT = '/docs/swagger-ui-init.js';

describe('the log line of a request whose client hangs up', () => {
  let app: TestApp;
  let api: ApiProcess;
  let collector: CollectorStub;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
    collector = await CollectorStub.start();
    api = await ApiProcess.start({
      ...app.environment,
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(async () => {
    await api.stop();
    await collector.stop();
    await app.close();
  });

  function request({ token }: Person, method: string, path: string, body: object, id: string): string {
    const json = JSON.stringify(body);
    return (
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nX-Request-Id: ${id}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`
    );
  }

  async function firstProduct(): Promise<{ id: string; price: number }> {
    const { body } = await manager.get('/api/v1/menu').expect(200);
    const [product] = (body as MenuDto).products;
    return { id: product?.id ?? '', price: product?.base_price_cents ?? NaN };
  }

  function lineOf(id: string): Promise<object> {
    return eventually('the log line', () => {
      const line = api.program.stdout
        .split('\n')
        .find((text) => text.includes(`"request_id":"${id}"`) && text.includes('"msg":"request '));
      return line === undefined ? undefined : (JSON.parse(line) as object);
    });
  }

  it('has the status that an order would have had, once it has ended', async () => {
    const charge = new HeldCharge();
    app.payments.once(charge.behaviour);
    const id = randomUUID();
    const connection = await RawConnection.open(api.url);
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    connection.write(request(ana, 'POST', '/api/v1/orders', order, id));
    await charge.arrived;

    connection.hangUp();
    charge.release();

    expect(await lineOf(id)).toMatchObject({
      method: 'POST',
      path: '/api/v1/orders',
      user: ana.id,
      statusCode: 201,
      aborted: true,
      msg: 'request aborted',
    });
  });

  it('is written for every request that was executed, also after unread responses', async () => {
    const { id: product, price } = await firstProduct();
    const id = randomUUID();
    const connection = await RawConnection.open(api.url);
    const change = { base_price_cents: price + 100 };
    connection.write(
      `GET ${SCRIPT} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(4) +
        request(manager, 'PATCH', `/api/v1/admin/products/${product}`, change, id),
    );
    await eventually('the change', async () => (await firstProduct()).price === price + 100);

    connection.hangUp();

    expect(await lineOf(id)).toMatchObject({ method: 'PATCH', user: manager.id, statusCode: 200 });
  });

  it('has no status, nor has its span, if there was no response yet', async () => {
    const id = randomUUID();
    const locks = new pg.Client(app.database.url);
    await locks.connect();
    await locks.query('BEGIN; LOCK TABLE orders');
    const connection = await RawConnection.open(api.url);
    connection.write(request(ana, 'GET', '/api/v1/orders', {}, id));
    await eventually('the wait for the lock', async () => {
      const { rows } = await locks.query('SELECT FROM pg_locks WHERE NOT granted');
      return rows.length > 0;
    });

    connection.hangUp();
    const line = await lineOf(id);
    await locks.end();

    expect(line).toMatchObject({ path: '/api/v1/orders', statusCode: null, aborted: true });
    const span = await eventually('the span', () =>
      collector.spans.find(({ name }) => name === 'GET /api/v1/orders'),
    );
    expect(span.attributes).not.toHaveProperty('http.response.status_code');
  });

  it('says that a response was not read to its end', async () => {
    const id = randomUUID();
    const connection = await RawConnection.open(api.url);
    connection.write(`GET ${SCRIPT} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: ${id}\r\n\r\n`.repeat(100));
    await lineOf(id);

    connection.hangUp();

    await eventually('the line of the aborted response', () =>
      api.program.stdout
        .split('\n')
        .some((line) => line.includes(id) && line.includes('"aborted":true,"msg":"request aborted"')),
    );
  });
});
