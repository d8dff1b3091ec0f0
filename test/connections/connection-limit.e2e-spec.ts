import { eventually } from '../support/eventually.js';
import { RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const MAX_CONNECTIONS = 5;

describe('MAX_CONNECTIONS', () => {
  it('closes further connections at once, until one is free again', async () => {
    const app = await TestApp.start();
    const server = app.api.getHttpServer();
    server.closeIdleConnections();
    server.maxConnections = MAX_CONNECTIONS;
    const connections = await Promise.all(
      Array.from({ length: MAX_CONNECTIONS }, () => RawConnection.open(app.url)),
    );

    expect(await (await RawConnection.open(app.url)).readToEnd()).toBe('');

    connections[0]?.hangUp();
    await eventually('a free connection', async () =>
      app
        .anonymous()
        .get('/health/live')
        .then(
          ({ ok }) => ok,
          () => false,
        ),
    );
    for (const connection of connections) connection.hangUp();
    await app.close();
  });

  it('is 2000 unless it is configured', async () => {
    const apps = [await TestApp.start(), await TestApp.start({ MAX_CONNECTIONS: '7' })];

    expect(apps.map(({ api }) => api.getHttpServer().maxConnections)).toEqual([2_000, 7]);
    for (const app of apps) await app.close();
  });
});
