import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { RawConnection } from '../support/raw-connection.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const GET_SCRIPT = 'GET /docs/swagger-ui-init.js HTTP/1.1\r\nHost: localhost\r\n\r\n';
const STALLED_MS = 1_000;
const ATTACKERS = 20;
const MB = 1024 * 1024;

function getWithId(path: string, id: number): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: ${id}\r\n\r\n`;
}

function openConnections(app: TestApp): Promise<number> {
  return new Promise((resolve) => {
    app.api.getHttpServer().getConnections((_: unknown, count: number) => resolve(count));
  });
}

describe('pipelined requests', () => {
  let app: TestApp;
  let manager: Person;

  async function menu(): Promise<MenuDto> {
    return (await manager.get('/api/v1/menu').expect(200)).body as MenuDto;
  }

  beforeAll(async () => {
    app = await TestApp.start({}, undefined, { stalledMs: STALLED_MS, checkIntervalMs: 100 });
    manager = await app.manager();
  });
  afterAll(() => app.close());

  it('are all answered in order if their client reads', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => index);
    const connection = await RawConnection.open(app.url);

    connection.write(ids.map((id) => getWithId('/health/live', id)).join(''));

    const text = await connection.readUntil(/x-request-id: 999\r/i);
    expect([...text.matchAll(/x-request-id: (\d+)\r/gi)].map(([, id]) => Number(id))).toEqual(ids);
    connection.hangUp();
  });

  it('with bodies are all answered in order', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => index);
    const body = JSON.stringify({ items: [], metadata: { note: '\r\n\r\n'.repeat(500) } });
    const connection = await RawConnection.open(app.url);

    for (const id of ids)
      connection.write(
        `POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: ${id}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );

    const text = await connection.readUntil(/x-request-id: 19\r/i);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(ids.map(() => 'HTTP/1.1 401'));
    expect([...text.matchAll(/x-request-id: (\d+)\r/gi)].map(([, id]) => Number(id))).toEqual(ids);
    connection.hangUp();
  });

  it('of clients that do not read take little memory, delay nobody and are given up', async () => {
    await app.anonymous().get('/docs/swagger-ui-init.js').expect(200);
    const others = await openConnections(app);
    const before = process.memoryUsage();
    const attackers = await Promise.all(Array.from({ length: ATTACKERS }, () => RawConnection.open(app.url)));
    const timesMs: number[] = [];
    let peak = 0;

    const attackedAt = performance.now();
    for (const attacker of attackers) attacker.write(GET_SCRIPT.repeat(1_000));
    let firstClosedAt = 0;
    await eventually('the connections to be closed', async () => {
      const startedAt = performance.now();
      await app.anonymous().get('/api/v1/menu').expect(200);
      timesMs.push(performance.now() - startedAt);
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      peak = Math.max(peak, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
      const open = await openConnections(app);
      if (open < others + ATTACKERS) firstClosedAt ||= performance.now();
      return open <= others;
    });

    for (const attacker of attackers) attacker.hangUp();
    // Also what the tests record of each request. The responses as texts would take gigabytes.
    expect(peak).toBeLessThan(60 * MB);
    expect(Math.max(...timesMs)).toBeLessThan(1_000);
    expect(firstClosedAt - attackedAt).toBeGreaterThan(0.9 * STALLED_MS);
  });

  it('are not executed after a response that their client never read', async () => {
    const before = await menu();
    const [product] = before.products;
    const change = JSON.stringify({ base_price_cents: (product?.base_price_cents ?? NaN) + 100 });
    const others = await openConnections(app);
    const connection = await RawConnection.open(app.url);

    connection.write(
      GET_SCRIPT.repeat(60) +
        `PATCH /api/v1/admin/products/${product?.id} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${manager.token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${change.length}\r\n\r\n${change}`,
    );

    await eventually('the connection to be closed', async () => (await openConnections(app)) <= others);
    expect(await menu()).toEqual(before);
  });
});
