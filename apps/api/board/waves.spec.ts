import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { Waves } from './waves.js';

describe('Waves', () => {
  let waves: Waves;
  /** When each wave started, in ms of `performance.now()`. */
  let startedAt: number[];
  let lines: unknown[];
  let work: () => Promise<void>;

  beforeEach(() => {
    startedAt = [];
    lines = [];
    work = async () => undefined;
    const add = (line: unknown): unknown => lines.push(line);
    Logger.overrideLogger({ log: add, warn: add, error: add });
    waves = new Waves(() => {
      startedAt.push(performance.now());
      return work();
    });
    waves.start();
  });
  afterEach(() => waves.stop());

  function waveNumber(count: number): Promise<unknown> {
    return eventually(`${count} waves`, () => startedAt.length >= count);
  }

  it('makes one wave for all requests before its start', async () => {
    for (let request = 0; request < 100; request += 1) waves.request();
    await waveNumber(1);
    await sleep(200);

    expect(startedAt).toHaveLength(1);
  });

  it('makes another wave, after the end, for a request during a wave', async () => {
    let end = (): void => undefined;
    work = () => new Promise((resolve) => (end = resolve));
    waves.request();
    await waveNumber(1);

    waves.request();
    await sleep(100);
    expect(startedAt).toHaveLength(1);
    end();
    await waveNumber(2);
    end();
  });

  it('pauses after a wave for four times its duration', async () => {
    work = () => sleep(100);
    waves.request();
    await waveNumber(1);

    waves.request();
    await waveNumber(2);

    const [first = 0, second = 0] = startedAt;
    expect(second - first).toBeGreaterThan(480);
  });

  it('makes a wave each second without a request', async () => {
    await waveNumber(2);
  });

  it('makes no wave after it was stopped', async () => {
    waves.request();
    waves.stop();
    waves.request();
    await sleep(1_200);

    expect(startedAt).toEqual([]);
  });

  it('logs an outage once, and its end', async () => {
    work = () => Promise.reject(new Error('no database'));
    waves.request();
    await waveNumber(2);
    work = async () => undefined;
    waves.request();

    await eventually('the end', () => lines.includes('The live boards are up to date again'));
    expect(lines.filter((line) => line === 'The live boards are not up to date')).toHaveLength(1);
  });
});
