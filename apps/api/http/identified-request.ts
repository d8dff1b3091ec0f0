import type { Request } from 'express';

/** A request with its id, which `logRequest` sets. */
export type IdentifiedRequest = Request & { id: string };
