import { DomainError } from '#errors';

/** A form lacks a parameter that OAuth2 requires (RFC 6749, 5.2). */
export class MissingParameter extends DomainError {
  constructor(parameter: string) {
    const message = `${parameter} is missing`;
    super('invalid_argument', 'invalid_request', message, {
      fields: [{ field: parameter, message }],
      extensions: { error: 'invalid_request' },
    });
  }
}
