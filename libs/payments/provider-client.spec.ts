import { Logger } from '@nestjs/common';
import { symbols } from 'pino';
import { eventually } from '../../test/support/eventually.js';
import { hang, recordThen, respondWith, type ProviderBehaviour } from '../../test/support/provider-stub.js';
import { refund, RefundStub, reset } from '../../test/support/refund-stub.js';
import type { ProviderIdempotency } from '#config';
import { createLogger, PinoLoggerService } from '#logging';
import { ProviderClient, type ProviderReply } from './provider-client.js';

const TIMEOUT_MS = 400;

describe('ProviderClient', () => {
  let provider: RefundStub;
  let client: ProviderClient;
  let late: ProviderReply[];
  let lines: string[];
  let replies: ProviderReply['kind'][];

  beforeEach(async () => {
    provider = await RefundStub.start();
    client = clientOf('unknown');
    late = [];
    lines = [];
    replies = [];
    const sink = { write: (line: string) => lines.push(line) };
    const logger = Object.assign(createLogger({ logLevel: 'info' }), { [symbols.streamSym]: sink });
    Logger.overrideLogger(new PinoLoggerService(logger));
  });
  afterEach(() => provider.stop());

  function clientOf(idempotency: ProviderIdempotency): ProviderClient {
    return new ProviderClient({
      url: provider.url,
      timeoutMs: TIMEOUT_MS,
      idempotency,
      log: new Logger('Till'),
      name: 'refund',
      requests: 'refunds',
      urlVariable: 'PAYMENT_REFUND_URL',
      onMisconfigured: () => undefined,
      onReply: ({ kind }) => replies.push(kind),
    });
  }

  function send(behaviour: ProviderBehaviour): Promise<ProviderReply> {
    provider.once(behaviour);
    const request = {
      key: crypto.randomUUID(),
      body: { value: 430, charge: 'c' },
      traceparent: null,
      logFields: { cup: 7 },
    };
    return client.post(request, (reply) => late.push(reply));
  }

  /** Returns the log lines as objects. */
  function logged(): unknown[] {
    return lines.map((line): unknown => JSON.parse(line));
  }

  it('returns the status and the body of the answer', async () => {
    expect(await send(respondWith(418, '{"tea":1}'))).toEqual({
      kind: 'answered',
      answer: { status: 418, body: { tea: 1 } },
    });
  });

  it('reports an answer that comes after the time-out', async () => {
    const reply = await send((exchange) => void setTimeout(() => refund(exchange), TIMEOUT_MS + 100));
    expect(reply).toEqual({ kind: 'unknown', reason: 'timeout' });

    expect(await eventually('the late reply', () => late[0])).toMatchObject({ kind: 'answered' });
  });

  it('reports a connection that breaks after the time-out', async () => {
    await send(recordThen(({ request }) => setTimeout(() => request.socket.destroy(), TIMEOUT_MS + 100)));

    expect(await eventually('the late reply', () => late[0])).toEqual({
      kind: 'unknown',
      reason: 'ECONNRESET',
    });
  });

  it('reports nothing late if it answered in time', async () => {
    await send(refund);
    await send(hang);

    expect(late).toEqual([]);
  });

  it.each([
    ['unknown', 3],
    ['supported', 1],
  ] as const)(
    'with provider idempotency %s opens %i connections for three requests',
    async (idempotency, count) => {
      client = clientOf(idempotency);

      for (let sent = 0; sent < 3; sent += 1) await send(refund);

      expect(provider.connections).toBe(count);
    },
  );

  describe('after five requests without an answer', () => {
    beforeEach(async () => {
      for (let sent = 0; sent < 5; sent += 1) await send(reset);
    });

    it('is not available', () => {
      expect(client.isAvailable).toBe(false);
    });

    it('sends nothing', async () => {
      expect(await send(refund)).toEqual({ kind: 'unsent', reason: 'provider down' });
      expect(provider.requests).toHaveLength(5);
    });

    it('reports no reply of a request that it does not send', async () => {
      await send(refund);

      expect(replies).toEqual(Array(5).fill('unknown'));
    });

    it('has logged once that nothing is sent', () => {
      expect(logged().filter((line) => hasLevel(line, 'error'))).toEqual([
        expect.objectContaining({ msg: expect.stringContaining('no refunds are sent') as unknown }),
      ]);
    });
  });

  it('stays available however often the provider answers 500', async () => {
    for (let sent = 0; sent < 6; sent += 1) await send(respondWith(500, ''));

    expect(client.isAvailable).toBe(true);
  });

  describe('its log line', () => {
    it.each([401, 403, 404, 405, 301, 307])('for %i says to check the URL, at error', async (status) => {
      await send(respondWith(status, ''));

      expect(logged()).toEqual([
        expect.objectContaining({
          level: 'error',
          event: 'refund_misconfigured',
          msg: expect.stringContaining('check PAYMENT_REFUND_URL') as unknown,
          status,
        }),
      ]);
    });

    it.each([200, 402, 429, 500])('for %i is at info', async (status) => {
      await send(respondWith(status, ''));

      expect(logged()).toEqual([expect.objectContaining({ level: 'info', status })]);
    });

    it('without an answer is at warn, with the reason', async () => {
      await send(reset);

      expect(logged()).toEqual([expect.objectContaining({ level: 'warn', reason: 'ECONNRESET' })]);
    });

    it.each([
      ['an answer', refund],
      ['a misconfiguration', respondWith(404, '')],
      ['no answer', reset],
    ])('has the fields of the request for %s', async (_, behaviour) => {
      await send(behaviour);

      expect(logged()).toEqual([expect.objectContaining({ context: 'Till', cup: 7 })]);
    });
  });
});

function hasLevel(line: unknown, level: string): boolean {
  return typeof line === 'object' && line !== null && 'level' in line && line.level === level;
}
