import { IsIn, IsOptional, IsString, IsUrl, Length, Matches, ValidateBy } from 'class-validator';
import { IsCorsOrigins } from './cors-origins.js';
import { IsDatabaseUrl } from './database-url.js';
import { httpUrl, mustBeHttpUrl } from './http-url.js';
import { IsJwtSecrets } from './jwt-secret.js';
import { IsSigningSecrets } from './signing-secrets.js';
import { TracesEnvironment } from './traces.js';

const JWT_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];
/** Whether the payment provider is known to charge once for one Idempotency-Key. */
export type ProviderIdempotency = 'unknown' | 'supported';

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
export class Environment extends TracesEnvironment {
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

  @IsDatabaseUrl({ isWritten: true })
  DATABASE_URL: string;

  @IsIntegerFrom(0, 600_000)
  SHUTDOWN_DELAY_MS = 0;

  @IsOptional()
  @IsDatabaseUrl({ isWritten: true })
  DATABASE_DIRECT_URL?: string;

  @IsOptional()
  @IsDatabaseUrl({ isWritten: false })
  DATABASE_READ_URL?: string;

  @IsOptional()
  @Matches(/^[\w.:-]+(,[\w.:-]+)*$/, { message: 'DATABASE_PLAINTEXT_HOSTS must look like db or db1,db2' })
  DATABASE_PLAINTEXT_HOSTS?: string;

  @IsIntegerFrom(1, 100)
  DATABASE_POOL_SIZE = 10;

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

  @IsIntegerFrom(1, 1_000)
  CHARGES_AT_ONCE = 50;

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

  @IsOptional()
  @IsIntegerFrom(1, 36_500)
  RETENTION_DAYS?: number;

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
  @Matches(/^[\w.]+=(kill|sleep):\d+(,[\w.]+=(kill|sleep):\d+)*$/, {
    message: 'FAILPOINTS must look like placement.begin.after=kill:3,payment.charge.before=sleep:500',
  })
  FAILPOINTS?: string;
}
