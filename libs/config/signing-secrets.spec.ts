import { Config } from './config.js';

const DATABASE_URL = 'postgresql://barista@localhost:5432/coffee';
const [KEY, NEXT_KEY] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const [SECRET, NEXT_SECRET] = [secretOf(KEY), secretOf(NEXT_KEY)];

function secretOf(key: Buffer): string {
  return `whsec_${key.toString('base64')}`;
}

function signingSecrets(text?: string): Buffer[] {
  return Config.from({ DATABASE_URL, NOTIFICATION_SIGNING_SECRET: text }).notification.signingSecrets;
}

describe('NOTIFICATION_SIGNING_SECRET', () => {
  it('has no default', () => {
    expect(signingSecrets()).toEqual([]);
  });

  it.each([24, 25, 32, 63, 64])('may have %i bytes', (bytes) => {
    const key = Buffer.alloc(bytes, 0xfb);

    expect(signingSecrets(secretOf(key))).toEqual([key]);
  });

  it('may be two, separated by one blank', () => {
    expect(signingSecrets(`${SECRET} ${NEXT_SECRET}`)).toEqual([KEY, NEXT_KEY]);
  });

  it.each([
    ['has 23 bytes', secretOf(Buffer.alloc(23))],
    ['has 65 bytes', secretOf(Buffer.alloc(65))],
    ['has no prefix', KEY.toString('base64')],
    ['has another prefix', SECRET.replace('whsec_', 'whsek_')],
    ['lacks its padding', SECRET.replace('=', '')],
    ['is base64url', `whsec_${Buffer.alloc(24, 0xfb).toString('base64url')}`],
    ['contains another character', SECRET.replace('AQ', 'A*')],
    ['contains a line break', SECRET.replace('AQ', 'A\nQ')],
    ['is three', [SECRET, NEXT_SECRET, SECRET].join(' ')],
    ['is two with two blanks', `${SECRET}  ${NEXT_SECRET}`],
    ['is two with a comma', `${SECRET},${NEXT_SECRET}`],
    ['has a malformed second one', `${SECRET} whsec_`],
  ])('is refused without its value if it %s', (_, text) => {
    expect(() => signingSecrets(text)).toThrow(
      /^The configuration is refused:\n {2}- NOTIFICATION_SIGNING_SECRET must be one secret, or two separated by one blank: whsec_ and 24 to 64 bytes in base64$/,
    );
  });
});
