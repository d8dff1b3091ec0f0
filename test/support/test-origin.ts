import type { RequestOrigin } from '#tracing';

/** Stands for the request of a call that a test makes without one. */
export const TEST_ORIGIN: RequestOrigin = { requestId: 'test', traceparent: null };
