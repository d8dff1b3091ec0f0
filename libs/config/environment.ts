import { plainToInstance } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { IsDatabaseUrl, normalizeDatabaseUrl } from './database-url.js';

const JWT_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** The reference system names its levels as Python does. */
const PYTHON_LOG_LEVELS: Record<string, LogLevel> = { warning: 'warn', critical: 'fatal' };

export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];
/** Whether the payment provider is known to charge once for one Idempotency-Key. */
export type ProviderIdempotency = 'unknown' | 'supported';

const providerUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** The environment variables: one property per variable, with its default and its rule. */
export class Environment {
  @IsString()
  @Length(1, 50)
  APP_ENV = 'development';

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: LogLevel = 'info';

  @Matches(/^(\/[A-Za-z0-9._~-]+)*$/, { message: 'API_PREFIX must look like /api/v1' })
  API_PREFIX = '/api/v1';

  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 8000;

  @IsDatabaseUrl()
  DATABASE_URL: string;

  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_DIRECT_URL?: string;

  @IsIn(['on', 'off'])
  DATABASE_PREPARED_STATEMENTS: 'on' | 'off' = 'on';

  @IsOptional()
  @Length(32, 4096, { message: 'JWT_SECRET_KEY must have at least 32 characters' })
  JWT_SECRET_KEY?: string;

  @IsIn(JWT_ALGORITHMS)
  JWT_ALGORITHM: JwtAlgorithm = 'HS256';

  @IsInt()
  @Min(1)
  @Max(24 * 60)
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES = 30;

  @IsUrl(providerUrl)
  PAYMENT_SERVICE_URL = 'https://challenge.trio.dev/api/v1/payment';

  @IsInt()
  @Min(1)
  @Max(120_000)
  PAYMENT_TIMEOUT_MS = 10_000;

  @IsIn(['unknown', 'supported'])
  PAYMENT_PROVIDER_IDEMPOTENCY: ProviderIdempotency = 'unknown';

  @IsUrl(providerUrl)
  NOTIFICATION_SERVICE_URL = 'https://challenge.trio.dev/api/v1/notification';

  @IsInt()
  @Min(10)
  @Max(3_600_000)
  RECOVERY_INTERVAL_MS = 5_000;

  @IsInt()
  @Min(0)
  @Max(10)
  TRUSTED_PROXIES = 0;

  @IsOptional()
  @Matches(/^[\w.]+=(kill|sleep):\d+(,[\w.]+=(kill|sleep):\d+)*$/, {
    message: 'FAILPOINTS must look like placement.begin.after=kill:3,payment.charge.before=sleep:500',
  })
  FAILPOINTS?: string;
}

const NUMBERS = [
  'PORT',
  'JWT_ACCESS_TOKEN_EXPIRE_MINUTES',
  'PAYMENT_TIMEOUT_MS',
  'RECOVERY_INTERVAL_MS',
  'TRUSTED_PROXIES',
] satisfies (keyof Environment)[];

const DATABASE_URLS = ['DATABASE_URL', 'DATABASE_DIRECT_URL'] satisfies (keyof Environment)[];

/** Reads the variables. Returns them with a sentence for each one that is missing or malformed. */
export function readEnvironment(variables: NodeJS.ProcessEnv): {
  environment: Environment;
  problems: string[];
} {
  const environment = plainToInstance(Environment, normalize(variables), { exposeDefaultValues: true });
  const problems = validateSync(environment).flatMap((error) => Object.values(error.constraints ?? {}));
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
