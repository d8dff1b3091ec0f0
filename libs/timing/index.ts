export { backoffMs } from './backoff-ms.js';
export { isSettledWithin } from './is-settled-within.js';
