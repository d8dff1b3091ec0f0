import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiOAuth2, ApiSecurity } from '@nestjs/swagger';
import { InsufficientPermissions, InvalidToken, NotAuthenticated, type VerifiedClaims } from '#auth';
import { ROLES, type Actor, type AuthenticatedUser } from '#users';
import type { IdentifiedRequest } from '../http/identified-request.js';
import { ShuttingDown } from '../http/shutdown.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { Problems } from '../problem/problem.decorators.js';
import { ACCESS, type Allowed, type Route } from './access.js';

/** The metadata of a handler that names its route. */
export const ROUTE = 'route';

/** The metadata of a handler that accepts stream tickets. */
export const TAKES_TICKET = 'takes_ticket';

export interface AuthenticatedRequest {
  user: AuthenticatedUser;
  /** What the user's access token says. */
  access: VerifiedClaims;
}

/** Opens a handler to those who may call its route, see ACCESS, and documents that. */
export function Access(route: Route): MethodDecorator {
  const allowed: Allowed = ACCESS[route];
  const decorators = [SetMetadata(ROUTE, route), Problems(ShuttingDown)];
  if (allowed !== 'everyone') {
    decorators.push(ApiOAuth2([]), ApiBearerAuth());
    decorators.push(Problems(NotAuthenticated, InvalidToken, DatabaseUnavailable));
    if (ROLES.some((role) => !allowed.includes(role))) decorators.push(Problems(InsufficientPermissions));
  }
  return applyDecorators(...decorators);
}

/** Also accepts a stream ticket as `?ticket=`, and documents that. */
export function TakesTicket(): MethodDecorator {
  return applyDecorators(SetMetadata(TAKES_TICKET, true), ApiSecurity('ticket'));
}

/** Returns who may call the handler of a request: nobody if it has no @Access. */
export function allowedBy(context: ExecutionContext, reflector: Reflector): Allowed {
  const route = reflector.get<Route | undefined>(ROUTE, context.getHandler());
  return route === undefined ? [] : ACCESS[route];
}

/** Injects the user whose token the request carries. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context: ExecutionContext): AuthenticatedUser =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().user,
);

/** Injects what the access token of the request says, or the one that its ticket stands for. */
export const CurrentAccess = createParamDecorator(
  (_: undefined, context: ExecutionContext): VerifiedClaims =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().access,
);

/** Injects the user whose token the request carries, with the request itself: who makes a change. */
export const CurrentActor = createParamDecorator((_: undefined, host: ExecutionContext): Actor => {
  const { user, context } = host.switchToHttp().getRequest<AuthenticatedRequest & IdentifiedRequest>();
  return { ...user, ...context };
});
