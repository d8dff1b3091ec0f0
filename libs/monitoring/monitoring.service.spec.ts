import { jest } from '@jest/globals';
import { Metrics } from '#metrics';
import { MonitoringService } from './monitoring.service.js';
import type { Backlogs, BacklogsRepository } from './backlogs.repository.js';

const FOUND: Backlogs = {
  states: [{ backlog: 'refunds', state: 'unknown', rows: 3, oldestSeconds: 60 }],
  inDoubtCents: 430,
  activeSessions: 2,
};

describe('MonitoringService', () => {
  let metrics: Metrics;
  let readings: number;
  let read: () => Promise<Backlogs>;

  beforeEach(() => {
    jest.useFakeTimers();
    readings = 0;
    read = () => Promise.resolve(FOUND);
    metrics = new Metrics();
    const repository: Pick<BacklogsRepository, 'read'> = {
      read: () => {
        readings += 1;
        return read();
      },
    };
    new MonitoringService(repository, metrics);
  });
  afterEach(() => jest.useRealTimers());

  it('shares one statement among all metrics of concurrent scrapes', async () => {
    const [first, second] = await Promise.all([metrics.text(), metrics.text()]);

    expect(first).toBe(second);
    expect(first).toContain('refunds{state="unknown"} 3\n');
    expect(first).toContain('\nplacements_in_doubt_cents 430\n');
    expect(readings).toBe(1);
  });

  it('reads again after five seconds', async () => {
    await metrics.text();
    jest.advanceTimersByTime(4_999);
    await metrics.text();
    expect(readings).toBe(1);

    jest.advanceTimersByTime(1);
    await metrics.text();
    expect(readings).toBe(2);
  });

  it('shows nothing after a failure, not even former values', async () => {
    await metrics.text();
    jest.advanceTimersByTime(5_000);
    read = () => Promise.reject(new Error('away'));

    const text = await metrics.text();

    expect(text).not.toContain('refunds{');
    expect(text).not.toContain('\nplacements_in_doubt_cents ');
  });

  it('waits two seconds for a slow database', async () => {
    read = () => new Promise(() => undefined);
    const scrape = metrics.text();

    await jest.advanceTimersByTimeAsync(2_000);

    expect(await scrape).not.toContain('refunds{');
  });

  it('sends no second statement while the first one runs', async () => {
    read = () => new Promise(() => undefined);
    for (let turn = 0; turn < 4; turn += 1) {
      void metrics.text();
      await jest.advanceTimersByTimeAsync(2_000);
    }

    expect(readings).toBe(1);
  });
});
