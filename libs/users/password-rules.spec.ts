import { passwordProblem } from './password-rules.js';

const EMAIL = 'a.rather.long.name@example.com';

describe('passwordProblem', () => {
  it.each([
    ['15 characters', 'x'.repeat(15)],
    ['128 characters', 'x'.repeat(128)],
    ['128 code points of two UTF-16 units', '\u{1f600}'.repeat(128)],
    ['128 characters in NFD', 'e\u0301'.repeat(128)],
    ['one character 15 times', 'a'.repeat(15)],
    ['blanks only', ' '.repeat(15)],
    ['a common password and one more character', 'passwordpassword1'],
  ])('accepts %s', (_, password) => {
    expect(passwordProblem(password, EMAIL)).toBeUndefined();
  });

  it.each([
    ['have at least 15 characters', '14 characters', 'x'.repeat(14)],
    ['have at least 15 characters', '14 characters in NFD', 'e\u0301'.repeat(14)],
    ['have at least 15 characters', '14 code points of two UTF-16 units', '\u{1f600}'.repeat(14)],
    ['have at most 128 characters', '129 characters', 'x'.repeat(129)],
    ['not be the e-mail', 'the e-mail', EMAIL],
    ['not be the e-mail', 'the e-mail in another case', ` ${EMAIL.toUpperCase()}`],
    ['not be in the list of common passwords', 'a common password', '123456789qwerty'],
    ['not be in the list of common passwords', 'a common password in another case', 'PasswordPassword'],
  ])('refuses with "The password must %s" %s', (reason, _, password) => {
    expect(passwordProblem(password, EMAIL)).toBe(`The password must ${reason}`);
  });
});
