export { CircuitBreaker } from './circuit-breaker.js';
export { describeFailure, PostClient } from './post-client.js';
export { readProviderBody } from './provider-body.js';
export { startCall } from './provider-call.js';
export { retryAfterMs } from './retry-after.js';
