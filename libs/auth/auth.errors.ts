import { DomainError } from '#platform';

export class IncorrectCredentials extends DomainError {
  constructor() {
    super('unauthenticated', 'incorrect_credentials', 'Incorrect email or password');
  }
}

export class NotAuthenticated extends DomainError {
  constructor() {
    super('unauthenticated', 'not_authenticated', 'Not authenticated');
  }
}

export class InvalidToken extends DomainError {
  constructor() {
    super('unauthenticated', 'invalid_token', 'Could not validate credentials');
  }
}

export class InsufficientPermissions extends DomainError {
  constructor() {
    super('forbidden', 'insufficient_permissions', 'Insufficient permissions');
  }
}
