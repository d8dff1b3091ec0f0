import type { Request } from 'express';
import type { RequestContext } from '#tracing';

/** A request with its id and trace, which `logRequest` sets. */
export type IdentifiedRequest = Request & { context: RequestContext } & RefusedRequest;

/** A request with the code of the problem that it got, for its log line. */
export interface RefusedRequest {
  problemCode?: string;
}
