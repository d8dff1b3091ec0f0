/**
 * The request that causes a change or a call. Passed on explicitly and stored with what is sent later, so that the logs and the trace of
 * a request continue in another process.
 */
export interface RequestContext {
  requestId: string;
  /** The value of the W3C header `traceparent`. Null if the request belongs to no trace. */
  traceparent: string | null;
}
