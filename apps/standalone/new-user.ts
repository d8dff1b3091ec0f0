import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { isEmail } from 'class-validator';
import { type NewUser } from '#auth';
import { normalizeEmail, passwordProblem, ROLES } from '#users';
import { StartupError } from '#config';

const USAGE = `Usage: npm run user:create -- --email name@example.com --role ${ROLES.join('|')} [< password]`;
/** `isTTY` is true for a terminal. */
type Input = Readable & { isTTY?: boolean };

/** A remote shell may keep the input open without ever sending a password. */
const PASSWORD_WAIT_MS = 5_000;
/** 144 bits, 24 characters. */
const GENERATED_BYTES = 18;

/**
 * Reads a new user from the command line. The password is the first line of `input`. It is generated if that is empty or a terminal.
 * @throws StartupError for wrong arguments, a refused password, or if `input` has neither a line nor an end within `waitMs`
 */
export async function readNewUser(
  args: string[],
  input: Input,
  waitMs = PASSWORD_WAIT_MS,
): Promise<NewUser & { generated: boolean }> {
  const { email, role } = readArguments(args);
  const given = input.isTTY ? undefined : await firstLine(input, waitMs);
  const password = given ?? randomBytes(GENERATED_BYTES).toString('base64url');
  const problem = passwordProblem(password, email);
  if (problem !== undefined) throw new StartupError(problem);
  return { email, role, password, generated: given === undefined };
}

function readArguments(args: string[]): Pick<NewUser, 'email' | 'role'> {
  const { email: givenEmail, role: givenRole } = parse(args);
  const email = normalizeEmail(givenEmail ?? '');
  if (!isEmail(email)) throw new StartupError(`--email must be an e-mail\n${USAGE}`);
  const role = ROLES.find((name) => name === givenRole);
  if (role === undefined) throw new StartupError(`--role must be one of ${ROLES.join(', ')}\n${USAGE}`);
  return { email, role };
}

function parse(args: string[]): { email?: string; role?: string } {
  try {
    return parseArgs({ args, options: { email: { type: 'string' }, role: { type: 'string' } } }).values;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/** Returns undefined if the input ends without one, or if it is empty. */
async function firstLine(input: Input, waitMs: number): Promise<string | undefined> {
  const timeout = AbortSignal.timeout(waitMs);
  for await (const line of createInterface({ input, signal: timeout })) return line === '' ? undefined : line;
  if (timeout.aborted)
    throw new StartupError(
      'Standard input has no password and no end. To have one generated, add < /dev/null',
    );
  return undefined;
}
