import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { TestApp } from '../support/test-app.js';

const SOCKETS = 300;

describe('clients who never finish their requests', () => {
  let app: TestApp;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await app.close();
  });

  it('keep nobody else waiting', async () => {
    const { hostname, port } = new URL(app.url);
    for (let count = 0; count < SOCKETS; count += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
      socket.write(
        count % 2
          ? 'GET /api/v1/menu HTTP/1.1\r\nHost: shop\r\nX-Slow: '
          : 'POST /api/v1/orders HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{',
      );
    }

    const times: number[] = [];
    for (let read = 0; read < 50; read += 1) {
      const startedAt = performance.now();
      await app.anonymous().get('/api/v1/menu').expect(200);
      times.push(performance.now() - startedAt);
    }

    expect(times.toSorted((a, b) => a - b)[48]).toBeLessThan(200);
    expect(sockets.filter(({ closed }) => !closed).length).toBeGreaterThan(0);
  });

  it('are given ten seconds for headers and thirty for the rest', () => {
    expect(app.api.getHttpServer()).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 });
  });
});
