import type { RequestContext } from '#tracing';

/** Stands for the request of a call that a test makes without one. */
export const TEST_CONTEXT: RequestContext = { requestId: 'test', traceparent: null };
