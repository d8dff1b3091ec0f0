import { parseArgs } from 'node:util';
import { isEmail } from 'class-validator';
import { StartupError } from '#config';
import { normalizeEmail, ROLES, type Role } from '#users';

/**
 * Reads the options of a command about an existing user.
 * @param script of package.json
 * @throws StartupError with the usage
 */
export function readEmail(script: string, args: string[]): string {
  const usage = `Usage: npm run ${script} -- --email name@example.com`;
  return emailOf(parse(args, ['email'], usage), usage);
}

/**
 * Reads the options of the command that creates a user.
 * @throws StartupError with the usage
 */
export function readEmailAndRole(script: string, args: string[]): { email: string; role: Role } {
  const usage = `Usage: npm run ${script} -- --email name@example.com --role ${ROLES.join('|')}`;
  const options = parse(args, ['email', 'role'], usage);
  const email = emailOf(options, usage);
  const role = ROLES.find((name) => name === options.role);
  if (role === undefined) throw new StartupError(`--role must be one of ${ROLES.join(', ')}\n${usage}`);
  return { email, role };
}

function parse(args: string[], names: string[], usage: string): Record<string, unknown> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function emailOf({ email: given }: Record<string, unknown>, usage: string): string {
  const email = normalizeEmail(String(given));
  if (!isEmail(email)) throw new StartupError(`--email must be an e-mail\n${usage}`);
  return email;
}
