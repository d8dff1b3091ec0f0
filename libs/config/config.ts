import {
  readEnvironment,
  type Environment,
  type JwtAlgorithm,
  type LogLevel,
  type ProviderIdempotency,
} from './environment.js';
import { StartupError } from './start-process.js';

/** Signs tokens if JWT_SECRET_KEY is not set. Refused in production. */
const DEVELOPMENT_JWT_SECRET = 'development-only-secret-do-not-use-in-production';
const SAFE_ENVIRONMENTS = ['development', 'test'];
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Refuses to start. The message names variables and never contains their values. */
export class InvalidConfiguration extends StartupError {
  constructor(problems: string[]) {
    super(`The configuration is refused:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Returns the unchecked environment variables, for programs that add defaults before they are checked. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}

/** The checked configuration of a process. */
export class Config {
  readonly logLevel: LogLevel;
  /** For example `/api/v1`; empty if the API is at the root. */
  readonly apiPrefix: string;
  readonly port: number;
  readonly maxConnections: number;
  readonly keepAliveTimeoutMs: number;
  readonly databaseUrl: string;
  /** Every value of APP_ENV except development and test is production. */
  readonly isProduction: boolean;
  readonly jwt: { secret: string; algorithm: JwtAlgorithm; lifetimeSeconds: number };
  readonly payment: { url: string; timeoutMs: number; idempotency: ProviderIdempotency };
  readonly notification: { url: string };
  readonly recoveryIntervalMs: number;
  readonly hstsIncludesSubDomains: boolean;
  /** The number of own proxies in front of the API, each of which appends to X-Forwarded-For. */
  readonly trustedProxies: number;

  private constructor(environment: Environment) {
    this.logLevel = environment.LOG_LEVEL;
    this.apiPrefix = environment.API_PREFIX;
    this.port = environment.PORT;
    this.maxConnections = environment.MAX_CONNECTIONS;
    this.keepAliveTimeoutMs = environment.KEEP_ALIVE_TIMEOUT_MS;
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
    this.hstsIncludesSubDomains = environment.HSTS_INCLUDE_SUBDOMAINS === 'true';
    this.trustedProxies = environment.TRUSTED_PROXIES;
  }

  /**
   * Reads and checks the configuration. An empty variable counts as absent.
   * @throws InvalidConfiguration with every variable that is missing, malformed or unsafe
   */
  static from(variables: NodeJS.ProcessEnv = process.env): Config {
    const { environment, problems } = readEnvironment(variables);
    if (isProduction(environment)) problems.push(...unsafeInProduction(environment));
    if (problems.length > 0) throw new InvalidConfiguration(problems);
    return new Config(environment);
  }
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

/** Returns whether the traffic to `url` could be read or changed on its way. */
function isPlainHttpToRemote(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  return protocol === 'http:' && !LOOPBACK.test(hostname ?? '');
}
