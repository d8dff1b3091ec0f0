import type { Request } from 'express';

/** A request with its id, which `logRequest` sets. */
export type IdentifiedRequest = Request & { id: string } & RefusedRequest;

/** A request with the code of the problem that it got, for its log line. */
export interface RefusedRequest {
  problemCode?: string;
}
