import { DomainError } from '#errors';

export class IncorrectCredentials extends DomainError {
  constructor() {
    super('unauthenticated', 'incorrect_credentials', 'Incorrect email or password');
  }
}

export class TooManyFailedLogins extends DomainError {
  static readonly example = new TooManyFailedLogins(60);

  constructor(retryAfterSeconds: number) {
    super('rate_limited', 'too_many_failed_logins', 'Too many failed logins; wait before the next try', {
      retryAfterSeconds,
    });
  }
}

export class TooManyRegistrations extends DomainError {
  static readonly example = new TooManyRegistrations(60);

  constructor(retryAfterSeconds: number) {
    super('rate_limited', 'too_many_registrations', 'Too many registrations; wait before the next try', {
      retryAfterSeconds,
    });
  }
}

/** The request carries no bearer token. */
export class NotAuthenticated extends DomainError {
  constructor() {
    super('unauthenticated', 'not_authenticated', 'Not authenticated');
  }
}

/** The token is malformed, expired, forged, or no longer true of its user. */
export class InvalidToken extends DomainError {
  constructor() {
    super('unauthenticated', 'invalid_token', 'Could not validate credentials');
  }
}

/** The user's role may not call the route. */
export class InsufficientPermissions extends DomainError {
  constructor() {
    super('forbidden', 'insufficient_permissions', 'Insufficient permissions');
  }
}
