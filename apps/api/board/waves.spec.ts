import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Waves } from './waves.js';

/** A pause after a short wave, and more. */
const PAUSE_MS = 50;

describe('Waves', () => {
  let waves: Waves;
  /** When each wave started, in ms. */
  let startedAt: number[];
  let staleAt: number[];
  let lines: unknown[];
  let work: () => Promise<void>;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    startedAt = [];
    staleAt = [];
    lines = [];
    work = async () => undefined;
    const add = (line: unknown): unknown => lines.push(line);
    Logger.overrideLogger({ log: add, warn: add, error: add });
    waves = new Waves(
      () => {
        startedAt.push(Date.now());
        return work();
      },
      () => staleAt.push(Date.now()),
    );
    waves.start();
  });
  afterEach(() => {
    waves.stop();
    jest.useRealTimers();
  });

  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
  const takes = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const fails = (): Promise<void> => Promise.reject(new Error('no database'));

  it('makes one wave for all requests before its start', async () => {
    for (let request = 0; request < 100; request += 1) waves.request();
    await pass(500);

    expect(startedAt).toEqual([0]);
  });

  it('makes another wave, after the end, for a request during a wave', async () => {
    work = takes(30);
    waves.request();
    await pass(10);

    waves.request();
    await pass(500);

    expect(startedAt).toEqual([0, 30 + PAUSE_MS]);
  });

  it('pauses after a wave for at least its duration', async () => {
    work = takes(100);
    waves.request();
    await pass(10);

    waves.request();
    await pass(500);

    expect(startedAt).toEqual([0, 200]);
  });

  it('makes a wave each second without a request', async () => {
    await pass(2_500);

    expect(startedAt).toHaveLength(2);
  });

  it('makes no wave after it was stopped', async () => {
    waves.request();
    waves.stop();
    waves.request();
    await pass(5_000);

    expect(startedAt).toEqual([]);
  });

  it.each([
    ['fails', fails],
    ['hangs', () => new Promise<void>(() => undefined)],
  ])('tells each second that no wave has succeeded for five if the work %s', async (_, broken) => {
    await pass(1_500);
    work = broken;

    await pass(7_000);

    expect(staleAt).toEqual([7_000, 8_000]);
  });

  it('counts the five seconds from its start', async () => {
    waves.stop();
    await pass(10_000);
    waves.start();
    await pass(4_500);

    expect(staleAt).toEqual([]);
  });

  it('logs an outage once, and its end', async () => {
    work = fails;
    await pass(2_500);
    work = async () => undefined;
    await pass(1_000);

    expect(lines.map((line) => String(line))).toEqual([
      'The live boards are not up to date',
      'The live boards are up to date again',
    ]);
  });
});
