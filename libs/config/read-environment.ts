import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { normalizeDatabaseUrl } from './database-url.js';
import { Environment, type LogLevel } from './environment.js';

/** The reference system names its levels as Python does. */
const PYTHON_LOG_LEVELS: Record<string, LogLevel> = { warning: 'warn', critical: 'fatal' };

const NUMBERS = [
  'PORT',
  'SANDBOX_PORT',
  'METRICS_PORT',
  'MAX_CONNECTIONS',
  'KEEP_ALIVE_TIMEOUT_MS',
  'SHUTDOWN_DELAY_MS',
  'DATABASE_POOL_SIZE',
  'CHARGES_AT_ONCE',
  'RETENTION_DAYS',
  'JWT_ACCESS_TOKEN_EXPIRE_MINUTES',
  'PAYMENT_TIMEOUT_MS',
  'RECOVERY_INTERVAL_MS',
  'TRUSTED_PROXIES',
] satisfies (keyof Environment)[];

export const DATABASE_URLS = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_READ_URL',
] satisfies (keyof Environment)[];

/** Reads the variables. Returns them with a sentence for each of `names`, by default of all, that is missing or malformed. */
export function readEnvironment(
  variables: NodeJS.ProcessEnv,
  names?: readonly (keyof Environment)[],
): { environment: Environment; problems: string[] } {
  const environment = plainToInstance(Environment, normalize(variables), { exposeDefaultValues: true });
  const problems = validateSync(environment)
    .filter(({ property }) => names?.some((name) => name === property) ?? true)
    .flatMap(({ constraints = {} }) => Object.values(constraints).slice(0, 1));
  return { environment, problems };
}

/** Returns the given variables as `Environment` expects them. An empty variable counts as absent. */
function normalize(variables: NodeJS.ProcessEnv): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(new Environment())) {
    const value = variables[name]?.trim();
    if (value) given[name] = value;
  }
  for (const name of [...DATABASE_URLS, 'JWT_SECRET_KEY']) if (variables[name]) given[name] = variables[name];
  for (const name of NUMBERS) {
    const value = given[name];
    if (typeof value === 'string') given[name] = wholeNumber(value);
  }
  for (const name of DATABASE_URLS) {
    const value = given[name];
    if (typeof value === 'string') given[name] = normalizeDatabaseUrl(value);
  }
  if (typeof given.LOG_LEVEL === 'string') {
    const level = given.LOG_LEVEL.toLowerCase();
    given.LOG_LEVEL = PYTHON_LOG_LEVELS[level] ?? level;
  }
  return given;
}

/** Accepts decimal digits only: no hexadecimal, no exponent. */
function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
