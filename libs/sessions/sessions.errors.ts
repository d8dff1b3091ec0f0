import { DomainError } from '#errors';

/** The refresh token is unknown, expired, was used before, or its session has ended (RFC 6749, 5.2). */
export class InvalidGrant extends DomainError {
  constructor() {
    super('invalid_argument', 'invalid_grant', 'The refresh token is not valid; log in again', {
      extensions: { error: 'invalid_grant' },
    });
  }
}
