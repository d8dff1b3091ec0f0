import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthService, InvalidToken, NotAuthenticated } from '#auth';
import { headerLines } from '../http/header-lines.js';
import { PUBLIC, type AuthenticatedRequest } from './auth.decorators.js';

const BEARER = /^bearer(\s|$)/i;
/** The scheme and one token (RFC 6750, 2.1). */
const BEARER_TOKEN = /^bearer +([\w.~+/-]+=*)$/i;

/** Requires a valid bearer token on every route that is not public. */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
  ) {}

  /** @throws NotAuthenticated without a bearer token, InvalidToken with a bad one */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, route)) return true;
    const request = context.switchToHttp().getRequest<IncomingMessage & AuthenticatedRequest>();
    request.user = await this.auth.authenticate(tokenOf(request));
    return true;
  }
}

/** Returns the request's token. There must be exactly one header line: a proxy could read another one of several. */
function tokenOf(request: IncomingMessage): string {
  const [line = '', ...more] = headerLines(request, 'authorization');
  const token = more.length > 0 ? undefined : BEARER_TOKEN.exec(line)?.[1];
  if (token !== undefined) return token;
  throw BEARER.test(line) ? new InvalidToken() : new NotAuthenticated();
}
