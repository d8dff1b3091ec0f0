import type { RequestContext } from '#tracing';
import type { Role } from './user.entity.js';

/** The user who makes a request. */
export interface AuthenticatedUser {
  id: string;
  role: Role;
  /** The session of the access token, if it has one. */
  sessionId?: string;
}

/** The user who makes a change, and the request that asks for it. */
export type Actor = AuthenticatedUser & RequestContext;
