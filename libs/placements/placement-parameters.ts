import type { ProviderAnswer } from '#payments';
import type { NewPlacement } from './placement-attempt.js';

/** Returns the first parameters of each statement that writes a placement. */
export function draftParameters(placement: NewPlacement): unknown[] {
  const { id, orderId, paymentId, customerId, totalCents, draft, requestId, traceparent } = placement;
  return [id, orderId, paymentId, customerId, totalCents, JSON.stringify(draft), requestId, traceparent];
}

/** Returns the parameters for the answer of the provider, if there is one. */
export function answerParameters(
  answer: ProviderAnswer | null,
): [status: number | null, body: string | null] {
  return answer ? [answer.status, JSON.stringify(answer.body)] : [null, null];
}
