import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { InvalidToken, NotAuthenticated } from '#auth';
import { allowedBy } from './auth.decorators.js';

const BEARER = /^bearer(\s|$)/i;

/** Requires a valid bearer token on every route that is not open to everyone. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    return allowedBy(context, this.reflector) === 'everyone' || super.canActivate(context);
  }

  /**
   * Translates Passport's result.
   * @throws NotAuthenticated without a bearer token, InvalidToken with a bad one
   */
  override handleRequest<User>(
    error: unknown,
    user: User | false | undefined,
    _info: unknown,
    context: ExecutionContext,
  ): User {
    if (error instanceof Error) throw error;
    if (user) return user;
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    throw authorization !== undefined && BEARER.test(authorization)
      ? new InvalidToken()
      : new NotAuthenticated();
  }
}
