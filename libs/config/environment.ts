import { plainToInstance } from 'class-transformer';
import {
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { IsCorsOrigins } from './cors-origins.js';
import { IsDatabaseUrl, normalizeDatabaseUrl } from './database-url.js';
import { IsJwtSecrets } from './jwt-secret.js';
import { IsSigningSecrets } from './signing-secrets.js';

const JWT_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
/** The samplers of OpenTelemetry, by their standard names. */
const SAMPLERS = [
  ...['always_on', 'always_off', 'traceidratio'],
  ...['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
];
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** The reference system names its levels as Python does. */
const PYTHON_LOG_LEVELS: Record<string, LogLevel> = { warning: 'warn', critical: 'fatal' };

export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];
/** Whether the payment provider is known to charge once for one Idempotency-Key. */
export type ProviderIdempotency = 'unknown' | 'supported';

const httpUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
const mustBeHttpUrl = { message: '$property must be a URL such as https://provider.example/payment' };

/** One complaint says all: a value that is no integer would also break a minimum and a maximum. */
function IsIntegerFrom(minimum: number, maximum: number): PropertyDecorator {
  return ValidateBy({
    name: 'isIntegerFrom',
    validator: {
      validate: (value) => Number.isInteger(value) && value >= minimum && value <= maximum,
      defaultMessage: () => `$property must be an integer from ${minimum} to ${maximum}`,
    },
  });
}

/** The environment variables: one property per variable, with its default and its rule. */
export class Environment {
  @IsString()
  @Length(1, 50)
  APP_ENV = 'development';

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: LogLevel = 'info';

  @Matches(/^(\/[A-Za-z0-9._~-]+)*$/, { message: 'API_PREFIX must look like /api/v1' })
  API_PREFIX = '/api/v1';

  @IsOptional()
  @Matches(/^[A-Za-z0-9.:-]{1,253}$/, { message: 'HOST must be an address such as 127.0.0.1 or 0.0.0.0' })
  HOST?: string;

  @IsIntegerFrom(0, 65_535)
  PORT = 8000;

  @IsIntegerFrom(0, 65_535)
  SANDBOX_PORT = 8001;

  @IsOptional()
  @IsIntegerFrom(0, 65_535)
  METRICS_PORT?: number;

  @IsIntegerFrom(1, 100_000)
  MAX_CONNECTIONS = 2_000;

  @IsIntegerFrom(1, 3_600_000)
  KEEP_ALIVE_TIMEOUT_MS = 65_000;

  @IsDatabaseUrl()
  DATABASE_URL: string;

  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_DIRECT_URL?: string;

  @IsIn(['on', 'off'])
  DATABASE_PREPARED_STATEMENTS: 'on' | 'off' = 'on';

  @IsOptional()
  @IsJwtSecrets()
  JWT_SECRET_KEY?: string;

  @IsIn(JWT_ALGORITHMS)
  JWT_ALGORITHM: JwtAlgorithm = 'HS256';

  @IsIntegerFrom(1, 24 * 60)
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES = 30;

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  PAYMENT_SERVICE_URL?: string;

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  PAYMENT_REFUND_URL?: string;

  @IsIntegerFrom(1, 120_000)
  PAYMENT_TIMEOUT_MS = 10_000;

  @IsOptional()
  @IsIn(['unknown', 'supported'])
  PAYMENT_PROVIDER_IDEMPOTENCY?: ProviderIdempotency;

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  NOTIFICATION_SERVICE_URL?: string;

  @IsOptional()
  @IsSigningSecrets()
  NOTIFICATION_SIGNING_SECRET?: string;

  @IsIn(['true', 'false'])
  NOTIFY_PLACED_ORDERS = 'false';

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  SANDBOX_URL?: string;

  @IsIntegerFrom(10, 3_600_000)
  RECOVERY_INTERVAL_MS = 5_000;

  /** Whether PostgreSQL knows the name is checked when the shop's module starts. */
  @Matches(/^[\w+/-]{1,64}$/, { message: 'SHOP_TIME_ZONE must be an IANA name such as Europe/Berlin' })
  SHOP_TIME_ZONE = 'UTC';

  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'SHOP_DAY_STARTS_AT must be a time such as 04:00' })
  SHOP_DAY_STARTS_AT = '00:00';

  @IsIntegerFrom(0, 10)
  TRUSTED_PROXIES = 0;

  @IsOptional()
  @IsCorsOrigins()
  CORS_ORIGINS?: string;

  @IsIn(['true', 'false'])
  HSTS_INCLUDE_SUBDOMAINS = 'false';

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string;

  /** The only protocol of the exporter. Another one must not be ignored in silence. */
  @IsIn(['http/json'])
  OTEL_EXPORTER_OTLP_PROTOCOL = 'http/json';

  @IsIn(SAMPLERS)
  OTEL_TRACES_SAMPLER = 'parentbased_always_on';

  @IsOptional()
  @Matches(/^[\w.]+=(kill|sleep):\d+(,[\w.]+=(kill|sleep):\d+)*$/, {
    message: 'FAILPOINTS must look like placement.begin.after=kill:3,payment.charge.before=sleep:500',
  })
  FAILPOINTS?: string;
}

const NUMBERS = [
  'PORT',
  'SANDBOX_PORT',
  'METRICS_PORT',
  'MAX_CONNECTIONS',
  'KEEP_ALIVE_TIMEOUT_MS',
  'JWT_ACCESS_TOKEN_EXPIRE_MINUTES',
  'PAYMENT_TIMEOUT_MS',
  'RECOVERY_INTERVAL_MS',
  'TRUSTED_PROXIES',
] satisfies (keyof Environment)[];

const DATABASE_URLS = ['DATABASE_URL', 'DATABASE_DIRECT_URL'] satisfies (keyof Environment)[];

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
