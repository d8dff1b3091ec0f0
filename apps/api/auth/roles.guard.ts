import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { InsufficientPermissions } from '#auth';
import { type Role } from '#users';
import { ALLOWED_ROLES, PUBLIC, type AuthenticatedRequest } from './auth.decorators.js';

/** Allows a route to the roles that it names. A route with neither @Roles nor @Public is closed to everybody. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const route = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, route)) return true;
    const allowed = this.reflector.getAllAndOverride<Role[] | undefined>(ALLOWED_ROLES, route) ?? [];
    const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!allowed.includes(user.role)) throw new InsufficientPermissions();
    return true;
  }
}
