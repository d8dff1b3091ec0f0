export { backoffMs } from './backoff-ms.js';
export { INSTANT_RULE, isInstant } from './instant.js';
export { isRealDay } from './is-real-day.js';
export { isSettledWithin } from './is-settled-within.js';
