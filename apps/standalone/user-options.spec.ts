import { readEmail, readEmailAndRole } from './user-options.js';

const VALID = ['--email', 'eve@example.com'];

describe('readEmailAndRole', () => {
  it('returns the role and the normal form of the e-mail', () => {
    const args = ['--email', ' Jose\u0301@Example.com ', '--role', 'customer'];

    expect(readEmailAndRole('user:create', args)).toEqual({
      email: 'jos\u00e9@example.com',
      role: 'customer',
    });
  });

  it.each([
    ['--email', ['--role', 'manager']],
    ['--email', ['--email', 'nobody', '--role', 'manager']],
    ['--role', VALID],
    ['--role', [...VALID, '--role', 'owner']],
    ['--admin', [...VALID, '--role', 'manager', '--admin']],
    ['eve', [...VALID, '--role', 'manager', 'eve']],
  ])('names %s and the usage for %j', (name, args) => {
    expect(() => readEmailAndRole('user:create', args)).toThrow(
      new RegExp(`${name}[^]*\nUsage: npm run user:create`),
    );
  });
});

describe('readEmail', () => {
  it('returns the normal form of the e-mail', () => {
    expect(readEmail('user:disable', ['--email', 'EVE@example.com'])).toBe('eve@example.com');
  });

  it.each([
    ['--email', []],
    ['--role', [...VALID, '--role', 'manager']],
  ])('names %s and the usage for %j', (name, args) => {
    expect(() => readEmail('user:disable', args)).toThrow(
      new RegExp(`${name}[^]*\nUsage: npm run user:disable`),
    );
  });
});
