import { randomBytes } from 'node:crypto';
import { Config } from './config.js';

const DEVELOPMENT_SECRET = 'development-only-secret-do-not-use-in-production';
const PRODUCTION = {
  APP_ENV: 'production',
  DATABASE_URL: 'postgresql://barista@localhost:5432/coffee',
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
};

function start(secret: string, variables: NodeJS.ProcessEnv = PRODUCTION): Config {
  return Config.from({ ...variables, JWT_SECRET_KEY: secret });
}

describe('JWT_SECRET_KEY in production', () => {
  it.each([
    ['the one of development', DEVELOPMENT_SECRET],
    ['the one of development with blanks', `  ${DEVELOPMENT_SECRET}\n`],
    ['the one of development in upper case', DEVELOPMENT_SECRET.toUpperCase()],
    ['the one of development with other punctuation', DEVELOPMENT_SECRET.replaceAll('-', '_')],
    ['the one of development with something added', `${DEVELOPMENT_SECRET}-2`],
    ['one repeated character', 'a'.repeat(64)],
    ['one repeated character in two cases', 'aA'.repeat(20)],
    ['a repeated word', 'coffeeshop'.repeat(5)],
    ['a word that is repeated in part', 'change-me-'.repeat(4).slice(0, -1)],
    ['of few distinct characters', '0123456'.repeat(5).split('').sort().join('')],
    ['filled with blanks', `short${' '.repeat(60)}`],
  ])('is refused if it is %s', (_, secret) => {
    expect(() => start(secret)).toThrow(
      /^The configuration is refused:\n {2}- JWT_SECRET_KEY must be random/,
    );
  });

  it.each(['hex', 'base64', 'base64url'] as const)('is accepted if it is random %s', (encoding) => {
    const secret = randomBytes(32).toString(encoding);

    expect(start(secret).jwt.secret).toBe(secret);
  });

  it('may be weak in development', () => {
    const secret = 'a'.repeat(32);

    expect(start(secret, { ...PRODUCTION, APP_ENV: 'development' }).jwt.secret).toBe(secret);
  });
});
