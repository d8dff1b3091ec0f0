import { isNativeError } from 'node:util/types';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
} from 'typeorm';

/**
 * SQLSTATEs that say "not now" rather than "wrong": connection trouble (08), serialisation and deadlock (40), out of resources (53),
 * locked (55P03), cancelled or shut down (57). https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(08|40|53|57)|^55P03$/;
/** What TypeORM makes of a transaction whose connection was lost between two statements. */
const LOST_MIDWAY = [
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
];
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** node-postgres gives these no code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|Client was closed)/;

/**
 * Whether the database could not be reached or was too busy: the same statement may well succeed later. A FATAL error ends its
 * connection, whatever its code.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (LOST_MIDWAY.some((kind) => error instanceof kind)) return true;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isNativeError(cause)) return false;
  if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors.some(isDatabaseUnavailable);
  if ('severity' in cause && cause.severity === 'FATAL') return true;
  const code = codeOf(cause);
  return code === undefined ? DRIVER_MESSAGES.test(cause.message) : PASSING.test(code) || NETWORK.has(code);
}

/** Whether a statement failed for the unique constraint or index of that name. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const cause: unknown = error.driverError;
  return (
    isNativeError(cause) &&
    codeOf(cause) === '23505' &&
    'constraint' in cause &&
    cause.constraint === constraint
  );
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
