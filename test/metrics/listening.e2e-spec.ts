import 'reflect-metadata';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TestingModule } from '@nestjs/testing';
import { Test } from '@nestjs/testing';
import { serveMetricsWithFallback } from '../../apps/standalone/serve-metrics-with-fallback.js';
import { Config, StartupError } from '#config';
import { Metrics, MetricsModule } from '#metrics';
import { freePort } from '../support/api-process.js';
import { serveMetricsOf } from './small-day.js';

const DEFAULT_PORT = 9464;
const DATABASE_URL = 'postgresql://nobody@localhost/none';

describe('the listener of the metrics', () => {
  let app: TestingModule;

  beforeEach(async () => {
    app = await Test.createTestingModule({ imports: [MetricsModule.with(new Metrics())] }).compile();
  });
  afterEach(() => app.close());

  /** Runs `work` while the port is taken, by this test or by another program. */
  async function whileTaken(port: number, work: () => Promise<void>): Promise<void> {
    const server = createServer();
    const settled = Promise.race([once(server, 'listening'), once(server, 'error')]);
    server.listen(port, '127.0.0.1');
    await settled.catch(() => undefined);
    try {
      await work();
    } finally {
      server.close();
    }
  }

  it('takes a free port if the default one of `npm start` is taken', async () => {
    await whileTaken(DEFAULT_PORT, async () => {
      const url = await serveMetricsWithFallback(app, Config.from({ DATABASE_URL }));

      expect(new URL(url).port).not.toBe(String(DEFAULT_PORT));
      expect((await fetch(url)).status).toBe(200);
    });
  });

  it('refuses to start if METRICS_PORT is taken', async () => {
    const port = await freePort();
    await whileTaken(port, async () => {
      const config = Config.from({ DATABASE_URL, METRICS_PORT: String(port) });
      const error: unknown = await serveMetricsWithFallback(app, config).catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(StartupError);
      expect(String(error)).toContain(
        `Port ${port} is taken: stop what listens there, or choose another with METRICS_PORT`,
      );
    });
  });

  it('serves metrics at one path only', async () => {
    const url = await serveMetricsOf(app);

    expect((await fetch(new URL('/', url))).status).toBe(404);
    expect((await fetch(`${url}/more`)).status).toBe(404);
  });

  it('serves health checks, with what is not well', async () => {
    const url = await serveMetricsOf(app, { '/well': () => [], '/unwell': async () => ['no beans'] });
    const [well, unwell] = await Promise.all(['/well', '/unwell'].map((path) => fetch(new URL(path, url))));

    expect([well?.status, await well?.json()]).toEqual([200, { status: 'ok' }]);
    expect([unwell?.status, await unwell?.json()]).toEqual([
      503,
      { status: 'error', problems: ['no beans'] },
    ]);
    expect(unwell?.headers.get('cache-control')).toBe('no-store');
  });

  it('refuses other methods than GET and HEAD', async () => {
    const url = await serveMetricsOf(app);

    const response = await fetch(url, { method: 'POST' });

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('is closed with the application, although a client keeps its connection', async () => {
    const url = await serveMetricsOf(app);
    await (await fetch(url)).text();

    await app.close();

    await expect(fetch(url)).rejects.toThrow();
  });
});
