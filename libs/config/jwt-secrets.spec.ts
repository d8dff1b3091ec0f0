import { randomBytes } from 'node:crypto';
import { Config } from './config.js';

const [CURRENT, OLD, OLDER] = Array.from({ length: 3 }, () => randomBytes(32).toString('hex'));
const PRODUCTION = {
  APP_ENV: 'production',
  DATABASE_URL: 'postgresql://barista@localhost:5432/coffee',
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
};

function start(secrets: string): Config['jwt'] {
  return Config.from({ ...PRODUCTION, JWT_SECRET_KEY: secrets }).jwt;
}

describe('JWT_SECRET_KEY', () => {
  it.each([`${CURRENT} ${OLD} ${OLDER}`, `${CURRENT},${OLD},${OLDER}`, ` ${CURRENT},\n${OLD}  ${OLDER},`])(
    'has the current secret first, then old ones: %j',
    (secrets) => {
      expect(start(secrets)).toMatchObject({ secret: CURRENT, oldSecrets: [OLD, OLDER] });
    },
  );

  it('is one secret if all its words are shorter than 32 characters', () => {
    const secret = 'correct horse battery staple, and much more';
    expect(start(secret)).toMatchObject({ secret, oldSecrets: [] });
  });

  it.each([`${CURRENT},`, ` ${CURRENT} `])('is the same secret with separators around it: %j', (secret) => {
    expect(start(secret)).toMatchObject({ secret: CURRENT, oldSecrets: [] });
  });

  it('is refused if only one of two secrets is long enough', () => {
    expect(() => start(`${CURRENT} ${OLD?.slice(1, 32)}`)).toThrow(
      'JWT_SECRET_KEY must have 32 to 4096 characters, and so must each of several secrets',
    );
  });

  it.each([
    ['the current secret is weak', `${'a'.repeat(40)},${OLD}`],
    ['an old secret is weak', `${CURRENT} ${'coffeeshop'.repeat(5)}`],
    [
      'an old secret is the one of development',
      `${CURRENT} development-only-secret-do-not-use-in-production`,
    ],
  ])('is refused in production if %s', (_, secrets) => {
    expect(() => start(secrets)).toThrow(
      /^The configuration is refused:\n {2}- JWT_SECRET_KEY must be random in production: use the output of `openssl rand -hex 32`$/,
    );
  });
});
