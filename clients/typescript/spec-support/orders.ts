import { jest } from '@jest/globals';
import { problem } from './fake-fetch.js';

export const ORDER = { items: [{ product_id: 'latte', quantity: 1 }] };
export const RETRY = { 'Retry-After': '3' };
export const placed = (): Response => Response.json({ id: 'order 1' }, { status: 201 });
export const unavailable = (headers?: Record<string, string>): Response =>
  problem(503, 'payment_outcome_unknown', headers);

/** Lets all waiting times pass. */
export async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = call.catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(120_000);
  return outcome;
}
