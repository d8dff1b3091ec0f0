import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import { StartupError } from '#config';
import { passwordProblem } from '#users';

/** `isTTY` is true for a terminal. */
type Input = Readable & { isTTY?: boolean };

export interface NewPassword {
  password: string;
  /** How the user learns it; empty if the user chose it. */
  notice: string;
}

/** A remote shell may keep the input open without ever sending a password. */
const PASSWORD_WAIT_MS = 5_000;
/** 144 bits, 24 characters. */
const GENERATED_BYTES = 18;

/**
 * Reads a new password: from a terminal, which does not show it, or from the first line of another input. Generates one if that is empty.
 * @param output shows the questions at a terminal
 * @throws StartupError for a refused password, or if an input has neither a line nor an end within `waitMs`
 */
export async function readNewPassword(
  email: string,
  input: Input,
  output: Writable,
  waitMs = PASSWORD_WAIT_MS,
): Promise<NewPassword> {
  const given = input.isTTY ? await ask(email, input, output) : await firstLine(input, waitMs);
  if (given === '') {
    const password = randomBytes(GENERATED_BYTES).toString('base64url');
    return { password, notice: `\nPassword: ${password}   (it is not shown again)` };
  }
  const problem = passwordProblem(given, email);
  if (problem !== undefined) throw new StartupError(problem);
  return { password: given, notice: '' };
}

/** Asks twice, because the terminal does not show the answer. */
async function ask(email: string, input: Input, output: Writable): Promise<string> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: unseen, terminal: true, historySize: 0 });
  const lines = terminal[Symbol.asyncIterator]();
  const answer = async (question: string): Promise<string> => {
    output.write(question);
    const line = await lines.next();
    output.write('\n');
    if (line.done) throw new StartupError('Cancelled: nothing was changed');
    return line.value;
  };
  try {
    const password = await answer(`New password of ${email} (empty: generate one): `);
    if (password !== '' && (await answer('Again: ')) !== password)
      throw new StartupError('The passwords differ: nothing was changed');
    return password;
  } finally {
    terminal.close();
  }
}

async function firstLine(input: Input, waitMs: number): Promise<string> {
  const timeout = AbortSignal.timeout(waitMs);
  for await (const line of createInterface({ input, signal: timeout })) return line;
  if (timeout.aborted)
    throw new StartupError(
      'Standard input has no password and no end. To have one generated, add < /dev/null',
    );
  return '';
}
