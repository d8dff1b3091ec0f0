import { hostOf, isPortShared, metricsAddressOf } from './addresses.js';
import { corsOrigins } from './cors-origins.js';
import type { Environment, JwtAlgorithm, LogLevel, ProviderIdempotency } from './environment.js';
import { InvalidConfiguration } from './invalid-configuration.js';
import { DEVELOPMENT_JWT_SECRET, jwtSecrets } from './jwt-secret.js';
import type { ListenAddress } from './listen.js';
import { isProduction, plainTextDatabases, unsafeInProduction } from './production.js';
import { readEnvironment } from './read-environment.js';
import { signingKeys } from './signing-secrets.js';
import { exportsTraces } from './traces.js';

/** The providers of the reference system. */
const DEVELOPMENT_PROVIDERS = 'https://challenge.trio.dev/api/v1';

/** Returns the unchecked environment variables, for programs that add defaults before they are checked. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Returns whether APP_ENV names a production, before the other variables are checked. */
export function isProductionEnvironment(variables: NodeJS.ProcessEnv): boolean {
  return isProduction(readEnvironment(variables).environment);
}

/** The checked configuration of a process. */
export class Config {
  readonly logLevel: LogLevel;
  /** For example `/api/v1`; empty if the API is at the root. */
  readonly apiPrefix: string;
  /** Where the API listens. */
  readonly address: ListenAddress;
  /** Where metrics are served. Undefined if they are not. */
  readonly metricsAddress: ListenAddress | undefined;
  readonly maxConnections: number;
  readonly keepAliveTimeoutMs: number;
  /** For how long after SIGTERM the API continues to serve although it is not ready, in ms. */
  readonly shutdownDelayMs: number;
  readonly databaseUrl: string;
  /** The same database without a connection pooler, for what needs a session: notifications and migrations. */
  readonly directDatabaseUrl: string;
  /** The same database or a replica of it, which may lag behind: for lists and reports. */
  readonly readDatabaseUrl: string;
  /** The number of connections that one process uses at most, besides the one for notifications. */
  readonly databasePoolSize: number;
  /** False for a command that reads large tables: its statements have no limits of time. */
  readonly limitsDatabaseTime: boolean;
  /** False behind a connection pooler that does not track prepared statements. */
  readonly preparesStatements: boolean;
  /** Every value of APP_ENV except development and test is production. */
  readonly isProduction: boolean;
  /** `oldSecrets` signed tokens that are still valid. */
  readonly jwt: { secret: string; oldSecrets: string[]; algorithm: JwtAlgorithm; lifetimeSeconds: number };
  /** The simulated providers, which replace those that are not configured. Never used in production. */
  readonly sandboxUrl: string | undefined;
  /** Without a `refundUrl` no refund is sent. */
  readonly payment: {
    url: string;
    refundUrl: string | undefined;
    timeoutMs: number;
    idempotency: ProviderIdempotency;
    /** The number of charges that one process sends at the same time. */
    chargesAtOnce: number;
  };
  /** `signingSecrets`: the keys that sign each notification; none if it is not signed. */
  readonly notification: { url: string; signingSecrets: Buffer[]; includesPlacedOrders: boolean };
  /** The zone of all local times, and the local time at which a day of the reports begins, for example `04:00`. */
  readonly shop: { timeZone: string; dayStartsAt: string };
  /** Whether the OTEL_* variables name a collector of traces, and do not switch them off. */
  readonly exportsTraces: boolean;
  readonly recoveryIntervalMs: number;
  /** After how many days details that no order needs are deleted. Undefined: never. */
  readonly retentionDays: number | undefined;
  readonly hstsIncludesSubDomains: boolean;
  /** The number of own proxies in front of the API, each of which appends to X-Forwarded-For. */
  readonly trustedProxies: number;
  /** The origins, for example `https://shop.example.com`, whose pages may call the API. */
  readonly corsOrigins: readonly string[];

  private constructor(environment: Environment, limitsDatabaseTime = true) {
    this.limitsDatabaseTime = limitsDatabaseTime;
    this.logLevel = environment.LOG_LEVEL;
    this.apiPrefix = environment.API_PREFIX;
    this.address = { host: hostOf(environment), port: environment.PORT, portVariable: 'PORT' };
    this.metricsAddress = metricsAddressOf(environment);
    this.maxConnections = environment.MAX_CONNECTIONS;
    this.keepAliveTimeoutMs = environment.KEEP_ALIVE_TIMEOUT_MS;
    this.shutdownDelayMs = environment.SHUTDOWN_DELAY_MS;
    this.databaseUrl = environment.DATABASE_URL;
    this.directDatabaseUrl = environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL;
    this.readDatabaseUrl = environment.DATABASE_READ_URL ?? environment.DATABASE_URL;
    this.databasePoolSize = environment.DATABASE_POOL_SIZE;
    this.preparesStatements = environment.DATABASE_PREPARED_STATEMENTS === 'on';
    this.isProduction = isProduction(environment);
    this.jwt = {
      ...jwtSecrets(environment.JWT_SECRET_KEY ?? DEVELOPMENT_JWT_SECRET),
      algorithm: environment.JWT_ALGORITHM,
      lifetimeSeconds: environment.JWT_ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    };
    this.sandboxUrl = this.isProduction ? undefined : environment.SANDBOX_URL;
    const providers = this.sandboxUrl ?? DEVELOPMENT_PROVIDERS;
    const chargesAtSandbox = environment.PAYMENT_SERVICE_URL === undefined && this.sandboxUrl !== undefined;
    const paysAtSandbox = chargesAtSandbox && environment.PAYMENT_REFUND_URL === undefined;
    this.payment = {
      url: environment.PAYMENT_SERVICE_URL ?? `${providers}/payment`,
      refundUrl:
        environment.PAYMENT_REFUND_URL ?? (chargesAtSandbox ? `${this.sandboxUrl}/refund` : undefined),
      timeoutMs: environment.PAYMENT_TIMEOUT_MS,
      // Only the sandbox is known to charge and refund once per key.
      idempotency: environment.PAYMENT_PROVIDER_IDEMPOTENCY ?? (paysAtSandbox ? 'supported' : 'unknown'),
      chargesAtOnce: environment.CHARGES_AT_ONCE,
    };
    this.notification = {
      url: environment.NOTIFICATION_SERVICE_URL ?? `${providers}/notification`,
      signingSecrets: signingKeys(environment.NOTIFICATION_SIGNING_SECRET),
      includesPlacedOrders: environment.NOTIFY_PLACED_ORDERS === 'true',
    };
    this.shop = { timeZone: environment.SHOP_TIME_ZONE, dayStartsAt: environment.SHOP_DAY_STARTS_AT };
    this.exportsTraces = exportsTraces(environment);
    this.recoveryIntervalMs = environment.RECOVERY_INTERVAL_MS;
    this.retentionDays = environment.RETENTION_DAYS;
    this.hstsIncludesSubDomains = environment.HSTS_INCLUDE_SUBDOMAINS === 'true';
    this.trustedProxies = environment.TRUSTED_PROXIES;
    this.corsOrigins = corsOrigins(environment.CORS_ORIGINS);
  }

  /**
   * Reads and checks the configuration. An empty variable counts as absent.
   * @throws InvalidConfiguration with every variable that is missing, malformed or unsafe
   */
  static from(variables: NodeJS.ProcessEnv = process.env): Config {
    const { environment, problems } = readEnvironment(variables);
    if (isPortShared(environment)) problems.push('METRICS_PORT must be another port than PORT');
    if (isProduction(environment)) problems.push(...unsafeInProduction(environment));
    if (problems.length > 0) throw new InvalidConfiguration(problems);
    return new Config(environment);
  }

  /**
   * Reads and checks the configuration of a command that only uses the database. In production it needs neither the secret nor the
   * providers.
   * @param options.limitsDatabaseTime false if it reads large tables
   * @throws InvalidConfiguration with every variable that is missing or malformed
   */
  static forCommand(
    variables: NodeJS.ProcessEnv = process.env,
    { limitsDatabaseTime } = { limitsDatabaseTime: true },
  ): Config {
    const { environment, problems } = readEnvironment(variables);
    if (isProduction(environment)) problems.push(...plainTextDatabases(environment));
    if (problems.length > 0) throw new InvalidConfiguration(problems);
    return new Config(environment, limitsDatabaseTime);
  }
}

/**
 * Reads where the sandbox listens. The sandbox needs nothing else.
 * @throws InvalidConfiguration
 */
export function sandboxAddress(variables: NodeJS.ProcessEnv = process.env): ListenAddress {
  const { environment, problems } = readEnvironment(variables, ['APP_ENV', 'HOST', 'SANDBOX_PORT']);
  if (problems.length > 0) throw new InvalidConfiguration(problems);
  return { host: hostOf(environment), port: environment.SANDBOX_PORT, portVariable: 'SANDBOX_PORT' };
}
