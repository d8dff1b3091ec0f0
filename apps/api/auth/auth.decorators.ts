import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiOAuth2 } from '@nestjs/swagger';
import type { AuthenticatedUser, Role } from '#auth';
import { Problems } from '../problem/problem.decorators.js';

export const PUBLIC = 'public';
export const ALLOWED_ROLES = 'allowed roles';

export interface AuthenticatedRequest {
  user: AuthenticatedUser;
}

/** Anybody may call the route, without a token. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(PUBLIC, true);
}

/** Only users with one of the roles may call the route; the document says so. */
export function Roles(...roles: Role[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ALLOWED_ROLES, roles),
    ApiOAuth2([]),
    Problems({
      401: '`Not authenticated` without a token; `Could not validate credentials` for one that is malformed, expired, forged or outdated',
      403: '`Insufficient permissions`: needs the role ' + roles.join(' or '),
    }),
  );
}

/** The user whose token the request carries. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context: ExecutionContext): AuthenticatedUser =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().user,
);
