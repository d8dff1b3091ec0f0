import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { InsufficientPermissions } from '#auth';
import { allowedBy, type AuthenticatedRequest } from './auth.decorators.js';

/** Allows a route to the roles that ACCESS names for it. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const allowed = allowedBy(context, this.reflector);
    if (allowed === 'everyone') return true;
    const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!allowed.includes(user.role)) throw new InsufficientPermissions();
    return true;
  }
}
