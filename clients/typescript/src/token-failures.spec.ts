import { jest } from '@jest/globals';
import { BASE_URL, brokenConnection, fakeFetch, problem } from '../spec-support/fake-fetch.js';
import { ORDER, outcomeOf, placed, unavailable } from '../spec-support/orders.js';
import { createClient, type CoffeeShop } from './client.js';
import { NoAnswerError, ProblemError } from './errors.js';

describe('placeOrder with a token that cannot be had', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Returns a shop whose token is each of these, or fails with it, before it works. */
  function shopWith(...tokens: (string | Error)[]): CoffeeShop {
    const token = (): string => {
      const next = tokens.shift() ?? 'secret';
      if (typeof next === 'string') return next;
      throw next;
    };
    return createClient({ baseUrl: BASE_URL, token });
  }

  const expired = new ProblemError(problem(400, 'invalid_grant'), {
    ...{ code: 'invalid_grant', detail: 'The session has ended', request_id: 'request 2' },
  });
  const away = new ProblemError(new Response('', { status: 502 }), '');

  it('says after the end of a session that an earlier try may have placed the order', async () => {
    fakeFetch(unavailable());

    const error = await outcomeOf(shopWith('secret', expired).placeOrder(ORDER, { key: 'stored' }));

    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'invalid_grant', isFinal: false, key: 'stored' });
  });

  it.each([
    ['had no answer', new NoAnswerError(brokenConnection())],
    ["had a proxy's 502", away],
  ])('repeats if its renewal %s', async (_, failure) => {
    const sent = fakeFetch(placed());

    expect(await outcomeOf(shopWith(failure, failure).placeOrder(ORDER))).toEqual({ id: 'order 1' });
    expect(sent).toHaveLength(1);
  });

  it('throws NoAnswerError with the key if its renewals have no answer', async () => {
    const failures = Array.from({ length: 99 }, () => new NoAnswerError(brokenConnection()));

    const error = await outcomeOf(shopWith(...failures).placeOrder(ORDER, { key: 'stored' }));

    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ key: 'stored' });
  });

  it('passes on other errors', async () => {
    await expect(shopWith(new Error('Not logged in')).placeOrder(ORDER)).rejects.toThrow('Not logged in');
  });
});
