import type { Environment } from './environment.js';
import type { ListenAddress } from './listen.js';
import { isProduction } from './production.js';

/** Undefined if no metrics are served. */
export function metricsAddressOf(environment: Environment): ListenAddress | undefined {
  const { METRICS_PORT: port } = environment;
  return port === undefined ? undefined : { host: hostOf(environment), port, portVariable: 'METRICS_PORT' };
}

/** Two listeners may both ask for 0, a free port. */
export function isPortShared({ PORT: port, METRICS_PORT: metricsPort }: Environment): boolean {
  return port !== 0 && port === metricsPort;
}

/** Development has publicly known passwords, so it is not open to other machines unless somebody wants it. */
export function hostOf(environment: Environment): string | undefined {
  return environment.HOST ?? (isProduction(environment) ? undefined : '127.0.0.1');
}
