import { DomainError } from '#errors';

export class UserNotFound extends DomainError {
  constructor() {
    super('not_found', 'user_not_found', 'User not found');
  }
}

export class EmailTaken extends DomainError {
  constructor() {
    super('conflict', 'email_taken', 'A user with this e-mail exists already');
  }
}

/** The change would leave nobody who may change users. */
export class LastManager extends DomainError {
  constructor() {
    super('conflict', 'last_manager', 'The last enabled manager can be neither demoted nor disabled');
  }
}

export class PasswordRefused extends DomainError {
  static readonly example = new PasswordRefused('The password must have at least 15 characters', 'password');

  /** @param field of the request */
  constructor(reason: string, field: string) {
    super('unprocessable', 'password_refused', reason, { fields: [{ field, message: reason }] });
  }
}

export class TooManyConcurrentLogins extends DomainError {
  constructor() {
    super('unavailable', 'logins_busy', 'Too many logins at once; repeat the request', {
      retryAfterSeconds: 2,
    });
  }
}
