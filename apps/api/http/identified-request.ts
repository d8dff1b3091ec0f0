import type { Request } from 'express';
import type { RequestOrigin } from '#tracing';

/** A request with its id and trace, which `logRequest` sets. */
export type IdentifiedRequest = Request & { origin: RequestOrigin } & RefusedRequest;

/** A request with the code of the problem that it got, for its log line. */
export interface RefusedRequest {
  problemCode?: string;
}
