import { isNativeError } from 'node:util/types';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
} from 'typeorm';

/**
 * SQLSTATEs of temporary failures: connection (08), serialization and deadlock (40), out of resources (53), lock not available
 * (55P03), cancelled or shut down (57). https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const TRANSIENT_SQLSTATES = /^(08|40|53|57)|^55P03$/;
/** TypeORM throws these if the connection is lost between two statements of a transaction. */
const CONNECTION_LOST_IN_TRANSACTION = [
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
];
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** Errors of node-postgres that have no code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|Client was closed)/;

/**
 * Returns whether the database could not be reached or was too busy, so that the same statement may succeed later.
 * A FATAL error ends its connection and counts too, with any code.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (CONNECTION_LOST_IN_TRANSACTION.some((kind) => error instanceof kind)) return true;
  const cause = causeOf(error);
  if (!isNativeError(cause)) return false;
  if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors.some(isDatabaseUnavailable);
  if ('severity' in cause && cause.severity === 'FATAL') return true;
  const code = codeOf(cause);
  if (code === undefined) return DRIVER_MESSAGES.test(cause.message);
  return TRANSIENT_SQLSTATES.test(code) || NETWORK_CODES.has(code);
}

/** Returns whether a statement violated the unique constraint or unique index of that name. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause = causeOf(error);
  return (
    isNativeError(cause) &&
    codeOf(cause) === '23505' &&
    'constraint' in cause &&
    cause.constraint === constraint
  );
}

/**
 * Returns whether a statement refers to a row of that table which does not exist. PostgreSQL names the table only in the error's detail,
 * whose language depends on lc_messages.
 */
export function isMissingReference(error: unknown, table: string): boolean {
  const cause = causeOf(error);
  return (
    isNativeError(cause) &&
    codeOf(cause) === '23503' &&
    'detail' in cause &&
    new RegExp(`\\b${table}\\b`).test(String(cause.detail))
  );
}

function causeOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
