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
import { StartupError } from './start-process.js';

/** Signs tokens where no JWT_SECRET_KEY is given; refused outside development and test. */
const DEVELOPMENT_JWT_SECRET = 'development-only-secret-do-not-use-in-production';
const SAFE_ENVIRONMENTS = ['development', 'test'];
const JWT_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** The reference system named its levels as Python does. */
const PYTHON_LOG_LEVELS: Record<string, LogLevel> = { warning: 'warn', critical: 'fatal' };

export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];
/** Whether the payment provider is known to charge once for one Idempotency-Key. */
export type ProviderIdempotency = 'unknown' | 'supported';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const providerUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** The process's environment as it may be: one property a variable, each with its default and its rule. */
class Environment {
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

  @Matches(/^postgres(ql)?:\/\/.+/, {
    message: 'DATABASE_URL must be set, as postgresql://user:password@host:port/database',
  })
  DATABASE_URL: string;

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

/** A configuration that must not start; its message names variables, never their values. */
export class InvalidConfiguration extends StartupError {
  constructor(problems: string[]) {
    super(`The configuration is refused:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** The variables that this process was given, unchecked: for who completes them before they are. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}

/** The checked configuration of a process. */
export class Config {
  readonly logLevel: LogLevel;
  /** For example `/api/v1`; empty where the API lives at the root. */
  readonly apiPrefix: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** Anything but development and test is treated as production. */
  readonly isProduction: boolean;
  readonly jwt: { secret: string; algorithm: JwtAlgorithm; lifetimeSeconds: number };
  readonly payment: { url: string; timeoutMs: number; idempotency: ProviderIdempotency };
  readonly notification: { url: string };
  readonly recoveryIntervalMs: number;
  /** How many proxies of ours a request comes through, each of which adds to X-Forwarded-For. */
  readonly trustedProxies: number;

  private constructor(environment: Environment) {
    this.logLevel = environment.LOG_LEVEL;
    this.apiPrefix = environment.API_PREFIX;
    this.port = environment.PORT;
    this.databaseUrl = environment.DATABASE_URL;
    this.isProduction = isProduction(environment);
    this.jwt = {
      secret: environment.JWT_SECRET_KEY ?? DEVELOPMENT_JWT_SECRET,
      algorithm: environment.JWT_ALGORITHM,
      lifetimeSeconds: environment.JWT_ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    };
    this.payment = {
      url: environment.PAYMENT_SERVICE_URL,
      timeoutMs: environment.PAYMENT_TIMEOUT_MS,
      idempotency: environment.PAYMENT_PROVIDER_IDEMPOTENCY,
    };
    this.notification = { url: environment.NOTIFICATION_SERVICE_URL };
    this.recoveryIntervalMs = environment.RECOVERY_INTERVAL_MS;
    this.trustedProxies = environment.TRUSTED_PROXIES;
  }

  /**
   * Reads and checks the configuration; an empty variable counts as absent.
   * @throws InvalidConfiguration naming every variable that is missing, malformed or unsafe
   */
  static from(variables: NodeJS.ProcessEnv = process.env): Config {
    const environment = plainToInstance(Environment, normalise(variables), { exposeDefaultValues: true });
    const problems = validateSync(environment).flatMap((error) => Object.values(error.constraints ?? {}));
    if (isProduction(environment)) problems.push(...unsafeInProduction(environment));
    if (problems.length > 0) throw new InvalidConfiguration(problems);
    return new Config(environment);
  }
}

function normalise(variables: NodeJS.ProcessEnv): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(new Environment())) {
    const value = variables[name]?.trim();
    if (value) given[name] = value;
  }
  for (const name of ['DATABASE_URL', 'JWT_SECRET_KEY']) if (variables[name]) given[name] = variables[name];
  for (const name of NUMBERS) {
    const value = given[name];
    if (typeof value === 'string') given[name] = wholeNumber(value);
  }
  if (typeof given.DATABASE_URL === 'string') given.DATABASE_URL = withoutDriver(given.DATABASE_URL);
  if (typeof given.LOG_LEVEL === 'string') {
    const level = given.LOG_LEVEL.toLowerCase();
    given.LOG_LEVEL = PYTHON_LOG_LEVELS[level] ?? level;
  }
  return given;
}

/** No hexadecimal, no exponent: what looks like no number to an operator is none. */
function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** SQLAlchemy's URLs name a driver (`postgresql+asyncpg://`), which PostgreSQL's own don't. */
function withoutDriver(url: string): string {
  return url.replace(/^(postgres(?:ql)?)\+\w+:\/\//, '$1://');
}

function isProduction(environment: Environment): boolean {
  return !SAFE_ENVIRONMENTS.includes(environment.APP_ENV);
}

function unsafeInProduction(environment: Environment): string[] {
  const { JWT_SECRET_KEY: secret, FAILPOINTS: failpoints } = environment;
  const problems: string[] = [];
  if (secret === undefined) problems.push('JWT_SECRET_KEY must be set in production');
  if (secret === DEVELOPMENT_JWT_SECRET)
    problems.push("JWT_SECRET_KEY must not be the development's in production");
  if (failpoints !== undefined) problems.push('FAILPOINTS must not be set in production: they break things');
  for (const name of ['PAYMENT_SERVICE_URL', 'NOTIFICATION_SERVICE_URL'] as const) {
    if (isPlainHttpToRemote(environment[name]))
      problems.push(`${name} must be https in production, unless it is on this machine`);
  }
  return problems;
}

/** Whether somebody on the way could read and change what is sent there. */
function isPlainHttpToRemote(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  return protocol === 'http:' && !LOOPBACK.test(hostname ?? '');
}
