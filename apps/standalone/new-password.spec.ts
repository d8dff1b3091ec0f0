import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readNewPassword, type NewPassword } from './new-password.js';

const EMAIL = 'boss@example.com';
const PASSWORD = 'a long password of the boss';

/** Reads from an input that is not a terminal. */
function readFrom(line: string): Promise<NewPassword> {
  return readNewPassword(EMAIL, new PassThrough().end(line), new PassThrough());
}

/** Types at a terminal. Returns what it shows, too, and the modes that were set: a terminal shows no keys in its raw mode. */
async function type(keys: string): Promise<NewPassword & { shown: string; rawModes: boolean[] }> {
  const rawModes: boolean[] = [];
  const terminal = { isTTY: true, setRawMode: (isRaw: boolean) => rawModes.push(isRaw) };
  const [input, output] = [Object.assign(new PassThrough(), terminal), new PassThrough()];
  input.write(keys);
  const result = await readNewPassword(EMAIL, input, output);
  return { ...result, shown: await text(output.end()), rawModes };
}

describe('readNewPassword', () => {
  it.each(['\n', '\r\n', '\nmore lines', ''])('takes the first line of an input, before %j', async (rest) => {
    expect(await readFrom(PASSWORD + rest)).toEqual({ password: PASSWORD, notice: '' });
  });

  it('keeps blanks around the password', async () => {
    expect((await readFrom(` ${PASSWORD} `)).password).toBe(` ${PASSWORD} `);
  });

  it.each(['', '\n'])('generates another password each time for the input %j', async (line) => {
    const [first, second] = [await readFrom(line), await readFrom(line)];

    expect(first.password).toMatch(/^[\w-]{24}$/);
    expect(first.notice).toContain(first.password);
    expect(second.password).not.toBe(first.password);
  });

  it('refuses an input that stays open without a line', async () => {
    await expect(readNewPassword(EMAIL, new PassThrough(), new PassThrough(), 1)).rejects.toThrow(
      'has no password and no end',
    );
  });

  it.each(['short', EMAIL, 'passwordpassword'])('refuses %j with the reason', async (password) => {
    await expect(readFrom(password)).rejects.toThrow('The password must ');
  });
});

describe('readNewPassword at a terminal', () => {
  it('asks twice', async () => {
    const { password, shown } = await type(`${PASSWORD}\r${PASSWORD}\r`);

    expect(password).toBe(PASSWORD);
    expect(shown).toBe('New password of boss@example.com (empty: generate one): \nAgain: \n');
  });

  it('does not show the password', async () => {
    const { rawModes } = await type(`${PASSWORD}\r${PASSWORD}\r`);

    expect(rawModes).toEqual([true, false]);
  });

  it('accepts corrections', async () => {
    const { password } = await type(`${PASSWORD}xy\b\u007f\r${PASSWORD}\r`);

    expect(password).toBe(PASSWORD);
  });

  it('does not offer the first answer at the second question', async () => {
    await expect(type(`${PASSWORD}\r\u001b[A\r`)).rejects.toThrow('The passwords differ');
  });

  it('generates a password if the answer is empty', async () => {
    const { password, notice } = await type('\r');

    expect(password).toMatch(/^[\w-]{24}$/);
    expect(notice).toContain(password);
  });

  it('refuses different answers', async () => {
    await expect(type(`${PASSWORD}\r${PASSWORD}!\r`)).rejects.toThrow(
      'The passwords differ: nothing was changed',
    );
  });

  it('refuses a password with the reason', async () => {
    await expect(type('short\rshort\r')).rejects.toThrow('The password must have at least 15 characters');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is cancelled by %s', async (_, keys) => {
    await expect(type(keys)).rejects.toThrow('Cancelled: nothing was changed');
  });
});
