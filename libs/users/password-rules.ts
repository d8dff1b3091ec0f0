import { normalizeEmail } from './email.js';

/** NIST SP 800-63B-4, section 3.1.1.2: at least 15 characters for a password without a second factor, and no rule for its characters. */
const MIN_LENGTH = 15;
const MAX_LENGTH = 128;

/**
 * Returns why a new password is refused, or undefined if it is accepted.
 * A character is a Unicode code point of the normal form C, in which passwords are hashed.
 */
export function passwordProblem(password: string, email: string): string | undefined {
  const length = Array.from(password.normalize('NFC')).length;
  if (length < MIN_LENGTH) return `The password must have at least ${MIN_LENGTH} characters`;
  if (length > MAX_LENGTH) return `The password must have at most ${MAX_LENGTH} characters`;
  if (normalizeEmail(password) === normalizeEmail(email)) return 'The password must not be the e-mail';
  return undefined;
}
