import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { TestApp } from '../support/test-app.js';

const SOCKETS = 300;
const READS = 50;
const MAX_P98_MS = 200;
const UNFINISHED_HEADERS = 'GET /api/v1/menu HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
const UNFINISHED_BODY =
  'POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{';

describe('unfinished requests', () => {
  let app: TestApp;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await app.close();
  });

  it('do not delay other requests', async () => {
    const { hostname, port } = new URL(app.url);
    for (let count = 0; count < SOCKETS; count += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
      socket.write(count % 2 ? UNFINISHED_HEADERS : UNFINISHED_BODY);
    }

    const timesMs: number[] = [];
    for (let read = 0; read < READS; read += 1) {
      const startedAt = performance.now();
      await app.anonymous().get('/api/v1/menu').expect(200);
      timesMs.push(performance.now() - startedAt);
    }

    expect(timesMs.toSorted((a, b) => a - b)[READS - 2]).toBeLessThan(MAX_P98_MS);
    expect(sockets.filter(({ closed }) => !closed).length).toBeGreaterThan(0);
  });

  it('time out after 10 s for the headers, 30 s for the whole request', () => {
    expect(app.api.getHttpServer()).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 });
  });
});
