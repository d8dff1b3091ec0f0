import { PassThrough } from 'node:stream';
import { readNewUser } from './new-user.js';

const PASSWORD = 'a long password of the boss';
const ARGUMENTS = ['--email', 'boss@example.com', '--role', 'manager'];

function read(args: string[], input = PASSWORD): ReturnType<typeof readNewUser> {
  return readNewUser(args, new PassThrough().end(input));
}

describe('readNewUser', () => {
  it('returns the user with the normal form of the e-mail', async () => {
    expect(await read(['--email', ' Jose\u0301@Example.com ', '--role', 'customer'])).toEqual({
      email: 'jos\u00e9@example.com',
      role: 'customer',
      password: PASSWORD,
      generated: false,
    });
  });

  it.each(['\n', '\r\n', '\nmore lines'])(
    'takes the password from the first line before %j',
    async (rest) => {
      expect(await read(ARGUMENTS, PASSWORD + rest)).toMatchObject({ password: PASSWORD, generated: false });
    },
  );

  it('keeps blanks around the password', async () => {
    expect(await read(ARGUMENTS, ` ${PASSWORD} `)).toMatchObject({ password: ` ${PASSWORD} ` });
  });

  it.each(['', '\n'])('generates another password each time for the input %j', async (input) => {
    const [first, second] = [await read(ARGUMENTS, input), await read(ARGUMENTS, input)];

    expect(first).toMatchObject({
      generated: true,
      password: expect.stringMatching(/^[\w-]{24}$/) as unknown,
    });
    expect(second.password).not.toBe(first.password);
  });

  it('generates the password on a terminal without reading from it', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });

    expect(await readNewUser(ARGUMENTS, terminal)).toMatchObject({ generated: true });
  });

  it('refuses an input that stays open without a line', async () => {
    await expect(readNewUser(ARGUMENTS, new PassThrough(), 1)).rejects.toThrow('has no password and no end');
  });

  it.each([
    ['of 15 characters', 'x'.repeat(15)],
    ['of 128 characters', '\u{1f600}'.repeat(128)],
    ['in NFD', 'e\u0301'.repeat(128)],
  ])('accepts a password %s', async (_, password) => {
    expect((await read(ARGUMENTS, password)).password).toBe(password);
  });

  it.each([
    ['have at least 15 characters', 'x'.repeat(14)],
    ['have at least 15 characters', 'e\u0301'.repeat(14)],
    ['have at most 128 characters', 'x'.repeat(129)],
    ['not be the e-mail', 'BOSS@example.com'],
  ])('refuses with "The password must %s" the password %j', async (reason, password) => {
    await expect(read(ARGUMENTS, password)).rejects.toThrow(`The password must ${reason}`);
  });

  it.each([
    ['--email', ['--role', 'manager']],
    ['--email', ['--email', 'nobody', '--role', 'manager']],
    ['--role', ['--email', 'eve@example.com']],
    ['--role', ['--email', 'eve@example.com', '--role', 'owner']],
    ['--admin', ['--email', 'eve@example.com', '--role', 'manager', '--admin']],
    ['eve', ['--email', 'eve@example.com', '--role', 'manager', 'eve']],
  ])('names %s and the usage for %j', async (name, args) => {
    await expect(read(args)).rejects.toThrow(new RegExp(`${name}[^]*\nUsage: npm run user:create`));
  });
});
