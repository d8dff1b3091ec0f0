import { corsOrigins } from './cors-origins.js';
import { plainTextHosts } from './database-servers.js';
import type { Environment } from './environment.js';
import { hasWeakSecret } from './jwt-secret.js';
import { DATABASE_URLS } from './read-environment.js';

const SAFE_ENVIRONMENTS = ['development', 'test'];
/** What handles money or identity has no default in production: somebody must have chosen it. */
const CHOSEN_IN_PRODUCTION = ['JWT_SECRET_KEY', 'PAYMENT_SERVICE_URL', 'NOTIFICATION_SERVICE_URL'] as const;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/** Returns whether APP_ENV names a production. */
export function isProduction(environment: Environment): boolean {
  return !SAFE_ENVIRONMENTS.includes(environment.APP_ENV);
}

/** Returns a sentence for each variable that production refuses. */
export function unsafeInProduction(environment: Environment): string[] {
  const { JWT_SECRET_KEY: secrets, FAILPOINTS: failpoints } = environment;
  const problems = CHOSEN_IN_PRODUCTION.filter((name) => environment[name] === undefined).map(
    (name) => `${name} must be set in production, where it has no default`,
  );
  if (secrets !== undefined && hasWeakSecret(secrets))
    problems.push('JWT_SECRET_KEY must be random in production: use the output of `openssl rand -hex 32`');
  problems.push(...plainTextDatabases(environment));
  if (failpoints !== undefined) problems.push('FAILPOINTS must not be set in production: they break things');
  for (const name of ['PAYMENT_SERVICE_URL', 'PAYMENT_REFUND_URL', 'NOTIFICATION_SERVICE_URL'] as const) {
    if (isPlainHttpToRemote(environment[name] ?? ''))
      problems.push(`${name} must be https in production, unless it is on this machine`);
  }
  if (corsOrigins(environment.CORS_ORIGINS).some(isPlainHttpToRemote))
    problems.push('CORS_ORIGINS must be https in production, unless they are on this machine');
  return problems;
}

/** Returns a sentence for each database that production would reach in plain text over a network. */
export function plainTextDatabases(environment: Environment): string[] {
  const allowed = environment.DATABASE_PLAINTEXT_HOSTS?.split(',') ?? [];
  return DATABASE_URLS.filter((name) =>
    plainTextHosts(environment[name] ?? '').some((host) => !LOOPBACK.test(host) && !allowed.includes(host)),
  ).map(
    (name) =>
      `${name} must have sslmode=verify-full in production, unless it is on this machine or on a private network that DATABASE_PLAINTEXT_HOSTS names`,
  );
}

/** Returns whether the traffic to `url` could be read or changed on its way. */
function isPlainHttpToRemote(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  return protocol === 'http:' && !LOOPBACK.test(hostname ?? '');
}
