import { Config } from '#config';
import { LONGEST_END_MS } from './longest-end.js';
import { environmentOf, PASSWORD, serviceNamed, servicesWith } from '../support/compose.js';

describe('every service in docker-compose.yml', () => {
  it('has limits of memory, CPU and processes, and a log that is rotated', async () => {
    for (const service of Object.values(await servicesWith(PASSWORD))) {
      expect(service).toMatchObject({
        mem_limit: expect.stringMatching(/^\d+[mg]$/),
        cpus: expect.any(Number),
        pids_limit: expect.any(Number),
      });
      expect(Object.keys(service.logging?.options ?? {})).toEqual(['max-size', 'max-file']);
    }
  });

  it('is our image, or one of a version that is written down', async () => {
    const images = Object.values(await servicesWith(PASSWORD)).map(({ image }) => image);

    expect([...new Set(images)].toSorted()).toEqual([
      'coffee-shop-orders',
      expect.stringMatching(/^postgres:\d+\.\d+-/),
    ]);
  });
});

describe('the API in docker-compose.yml', () => {
  it('has more time to end than it may use', async () => {
    const service = await serviceNamed('api', PASSWORD);
    const { shutdownDelayMs } = Config.from(
      await environmentOf('api', { ...PASSWORD, SHUTDOWN_DELAY_MS: '10000' }),
    );

    expect(service.stop_grace_period).toMatch(/^\d+s$/);
    expect(1_000 * Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThan(
      shutdownDelayMs + LONGEST_END_MS,
    );
  });
});

describe('the worker in docker-compose.yml', () => {
  it('is asked for its health at the port of the metrics', async () => {
    const { healthcheck } = await serviceNamed('worker', PASSWORD);
    const { metricsAddress } = Config.from(await environmentOf('worker', PASSWORD));

    expect(healthcheck?.test?.join(' ')).toContain(`http://127.0.0.1:${metricsAddress?.port}/health/live`);
  });
});
