import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { Identities, InvalidToken, NotAuthenticated, StreamTickets } from '#auth';
import { allowedBy, TAKES_TICKET, type AuthenticatedRequest } from './auth.decorators.js';

const BEARER = /^bearer(\s|$)/i;

/** Requires a valid bearer token, or on some routes a stream ticket, on every route that is not open to everyone. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly tickets: StreamTickets,
    private readonly identities: Identities,
  ) {
    super();
  }

  override canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    if (allowedBy(context, this.reflector) === 'everyone') return true;
    const request = context.switchToHttp().getRequest<Request & AuthenticatedRequest>();
    return this.hasTicket(context, request) ? this.redeem(request) : super.canActivate(context);
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

  private hasTicket(context: ExecutionContext, request: Request): boolean {
    const takesTicket = this.reflector.get<boolean | undefined>(TAKES_TICKET, context.getHandler());
    return (
      takesTicket === true &&
      request.headers.authorization === undefined &&
      request.query.ticket !== undefined
    );
  }

  /** @throws InvalidToken */
  private async redeem(request: Request & AuthenticatedRequest): Promise<boolean> {
    const { ticket } = request.query;
    // A list if there are several.
    if (typeof ticket !== 'string') throw new InvalidToken();
    request.access = await this.tickets.redeem(ticket);
    request.user = await this.identities.identify(request.access);
    return true;
  }
}
