import { jest } from '@jest/globals';
import { BASE_URL, brokenConnection, fakeFetch, silence } from '../spec-support/fake-fetch.js';
import { ORDER, outcomeOf, placed, RETRY, unavailable } from '../spec-support/orders.js';
import { createClient } from './client.js';
import { NoAnswerError, ProblemError } from './errors.js';

describe('sendWithRetries', () => {
  const shop = createClient({ baseUrl: BASE_URL });

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits as long as Retry-After says', async () => {
    const sent = fakeFetch(unavailable(RETRY), placed());

    await outcomeOf(shop.placeOrder(ORDER));

    expect(Number(sent[1]?.at) - Number(sent[0]?.at)).toBe(3000);
  });

  it('waits longer after each failure without Retry-After', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const sent = fakeFetch(...Array.from({ length: 7 }, () => unavailable()), placed());

    await outcomeOf(shop.placeOrder(ORDER));

    const pauses = sent.slice(1).map(({ at }, index) => at - Number(sent[index]?.at));
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    jest.restoreAllMocks();
  });

  it('throws the last answer when the time is over', async () => {
    const sent = fakeFetch(...Array.from({ length: 9 }, () => unavailable(RETRY)));

    const error = await outcomeOf(shop.placeOrder(ORDER, { key: 'stored', maxWaitMs: 10_000 }));

    expect(error).toMatchObject({ status: 503, isFinal: false, key: 'stored' });
    expect(sent).toHaveLength(4);
  });

  it('does not wait for a Retry-After beyond its time', async () => {
    fakeFetch(unavailable({ 'Retry-After': '3600' }));

    await expect(shop.placeOrder(ORDER)).rejects.toThrow(ProblemError);
  });

  it.each([
    ['answer', unavailable(), { status: 503, key: 'stored' }],
    ['broken connection', brokenConnection(), { name: 'NoAnswerError', key: 'stored' }],
  ])('throws the last %s of a device that slept through its time', async (_, last, error) => {
    const sent = fakeFetch(last, placed());
    const call = shop.placeOrder(ORDER, { key: 'stored' }).catch((reason: unknown) => reason);
    await jest.advanceTimersByTimeAsync(1);

    jest.setSystemTime(Date.now() + 61_000);

    expect(await outcomeOf(call)).toMatchObject(error);
    expect(sent).toHaveLength(1);
  });

  it('throws NoAnswerError with the key when the connection stays broken', async () => {
    fakeFetch(...Array.from({ length: 99 }, brokenConnection));

    const error = await outcomeOf(shop.placeOrder(ORDER, { key: 'stored' }));

    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ key: 'stored', isFinal: false, cause: brokenConnection() });
  });

  it('ends a try that has no answer', async () => {
    jest.useRealTimers();
    fakeFetch(silence);

    await expect(shop.placeOrder(ORDER, { maxWaitMs: 20.5 })).rejects.toThrow(NoAnswerError);
  });

  it('throws the reason of the signal during a try', async () => {
    fakeFetch(silence);
    const controller = new AbortController();
    const call = outcomeOf(shop.placeOrder(ORDER, { signal: controller.signal }));

    controller.abort(new Error('The customer left'));

    expect(await call).toEqual(new Error('The customer left'));
  });

  it('sends nothing more after the signal', async () => {
    const sent = fakeFetch(unavailable(), placed());
    const controller = new AbortController();
    const call = shop.placeOrder(ORDER, { signal: controller.signal }).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1);

    controller.abort(new Error('The customer left'));

    expect(await outcomeOf(call)).toEqual(new Error('The customer left'));
    expect(sent).toHaveLength(1);
  });
});
