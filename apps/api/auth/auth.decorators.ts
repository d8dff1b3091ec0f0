import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiOAuth2 } from '@nestjs/swagger';
import { InsufficientPermissions, InvalidToken, NotAuthenticated } from '#auth';
import { ROLES, type AuthenticatedUser, type Role } from '#users';
import { ShuttingDown } from '../http/shutting-down.middleware.js';
import { DatabaseUnavailable } from '../problem/database-unavailable.js';
import { Problems } from '../problem/problem.decorators.js';

export const PUBLIC = 'public';
export const ALLOWED_ROLES = 'allowed roles';

export interface AuthenticatedRequest {
  user: AuthenticatedUser;
}

/** Opens the route to everybody, without a token, and documents that. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(PUBLIC, true), Problems(ShuttingDown));
}

/** Opens the route to users with one of the roles, and documents that. */
export function Roles(...roles: Role[]): MethodDecorator & ClassDecorator {
  const excludesARole = ROLES.some((role) => !roles.includes(role));
  return applyDecorators(
    SetMetadata(ALLOWED_ROLES, roles),
    ApiOAuth2([]),
    Problems(NotAuthenticated, InvalidToken, DatabaseUnavailable, ShuttingDown),
    Problems(...(excludesARole ? [InsufficientPermissions] : [])),
  );
}

/** Injects the user whose token the request carries. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context: ExecutionContext): AuthenticatedUser =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().user,
);
