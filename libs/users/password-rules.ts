import { dictionary } from '@zxcvbn-ts/language-common';
import { normalizeEmail } from './email.js';
import { PasswordRefused } from './users.errors.js';

/** NIST SP 800-63B-4, section 3.1.1.2: at least 15 characters for a password without a second factor, and no rule for its characters. */
export const MIN_PASSWORD_LENGTH = 15;
export const MAX_PASSWORD_LENGTH = 128;

const COMMON_PASSWORDS = new Set(
  dictionary['passwords-common']
    .map(foldCase)
    .filter((password) => lengthOf(password) >= MIN_PASSWORD_LENGTH),
);

/**
 * Returns why a new password is refused, or undefined if it is accepted.
 * A character is a Unicode code point of the normal form C, in which passwords are hashed.
 */
export function passwordProblem(password: string, email: string): string | undefined {
  const length = lengthOf(password);
  if (length < MIN_PASSWORD_LENGTH)
    return `The password must have at least ${MIN_PASSWORD_LENGTH} characters`;
  if (length > MAX_PASSWORD_LENGTH) return `The password must have at most ${MAX_PASSWORD_LENGTH} characters`;
  if (normalizeEmail(password) === normalizeEmail(email)) return 'The password must not be the e-mail';
  if (COMMON_PASSWORDS.has(foldCase(password)))
    return 'The password must not be in the list of common passwords';
  return undefined;
}

/**
 * Checks the password in a field of a request.
 * @throws PasswordRefused
 */
export function assertPassword(password: string, email: string, field = 'password'): void {
  const problem = passwordProblem(password, email);
  if (problem !== undefined) throw new PasswordRefused(problem, field);
}

function lengthOf(password: string): number {
  return Array.from(password.normalize('NFC')).length;
}

function foldCase(password: string): string {
  return password.normalize('NFC').toLowerCase();
}
