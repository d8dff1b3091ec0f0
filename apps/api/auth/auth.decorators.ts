import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiOAuth2 } from '@nestjs/swagger';
import type { AuthenticatedUser, Role } from '#auth';
import { DATABASE_AWAY, problem, Problems } from '../problem/problem.decorators.js';

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
    Problems(
      problem(401, 'not_authenticated', 'Not authenticated', 'No token'),
      problem(
        401,
        'invalid_token',
        'Could not validate credentials',
        'Malformed, expired, forged or outdated',
      ),
      problem(403, 'insufficient_permissions', 'Insufficient permissions', `Not a ${roles.join(' or ')}`),
      DATABASE_AWAY,
    ),
  );
}

/** The user whose token the request carries. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context: ExecutionContext): AuthenticatedUser =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().user,
);
