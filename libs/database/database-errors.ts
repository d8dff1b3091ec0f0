import { isNativeError } from 'node:util/types';
import pg from 'pg';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
} from 'typeorm';
import { UnsuitableServer } from './unsuitable-server.js';

/**
 * SQLSTATEs of temporary failures: connection (08), serialization and deadlock (40), out of resources (53), lock not available
 * (55P03), cancelled or shut down (57). https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const TRANSIENT_SQLSTATES = /^(08|40|53|57)|^55P03$/;
/** A lock was not available in time (55P03), or two transactions waited for each other (40P01). */
const LOCK_SQLSTATES = /^(55P03|40P01)$/;
/** SQLSTATEs after which another connection may serve the same statement: protocol violation (08P01), read-only server (25006). */
const UNUSABLE_CONNECTION_SQLSTATES = /^(08P01|25006)$/;
/** A prepared statement is unknown (26000), or another session has made one of its name (42P05), as behind a connection pooler. */
const STATEMENT_LOST_SQLSTATES = /^(26000|42P05)$/;
/** Where PostgreSQL reports that a table changed under a prepared statement. Its SQLSTATE, 0A000, has many other meanings. */
const CACHED_PLAN_ROUTINE = 'RevalidateCachedQuery';
/** TypeORM throws these if the connection is lost between two statements of a transaction. */
const CONNECTION_LOST_IN_TRANSACTION = [
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
];
const NETWORK_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'ENOTCONN'],
]);
/** SQLSTATEs that may come after a commit: the connection failed (08), or the session was ended (57). */
const AMBIGUOUS_SQLSTATES = /^(08|57)/;
/** The server starts or stops, and accepts no new connection. */
const CANNOT_CONNECT_NOW = '57P03';
/** Errors of node-postgres that have no code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout (exceeded when trying to connect|expired)|Client has encountered a connection error|Query read timeout|Client was closed)/;
/** Failures of TLS: of the protocol, and of the certificate. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS_CODES =
  /^(EPROTO|ERR_(SSL|TLS)_.+|(CERT|CRL)_.+|UNABLE_TO_.+|ERROR_IN_C.+_FIELD|(DEPTH_ZERO_)?SELF_SIGNED_CERT.*|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
const TLS_MESSAGES =
  /^(The server does not support SSL connections|There was an error establishing an SSL connection|Client network socket disconnected)/;
/** The second one is PgBouncer's, whose SQLSTATE is the same for all errors. */
const REFUSAL_MESSAGES = /^(The server does not support SSL connections|unsupported startup parameter)/;

/**
 * Returns whether the server, or TLS, refused a new connection for a reason that stays: the user or its password (28), the database
 * (3D), a privilege or a setting (42, 22, 0A).
 */
export function isRefusal(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const code = codeOf(error) ?? '';
  return /^(28|3D|42|22|0A)/.test(code) || TLS_CODES.test(code) || REFUSAL_MESSAGES.test(error.message);
}

/**
 * Returns whether the database could not be reached, was too busy or did not accept writes, so that the same statement may succeed
 * later. A FATAL error ends its connection and counts too, with any code.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (CONNECTION_LOST_IN_TRANSACTION.some((kind) => error instanceof kind)) return true;
  const cause = causeOf(error);
  if (!isNativeError(cause)) return false;
  if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors.some(isDatabaseUnavailable);
  if (cause instanceof UnsuitableServer) return true;
  if ('severity' in cause && cause.severity === 'FATAL') return true;
  if (makesConnectionUnusable(cause)) return true;
  const code = codeOf(cause);
  if (code === undefined) return DRIVER_MESSAGES.test(cause.message) || TLS_MESSAGES.test(cause.message);
  return TRANSIENT_SQLSTATES.test(code) || NETWORK_CODES.has(code) || TLS_CODES.test(code);
}

/**
 * Returns whether a failed statement, alone in its transaction, surely had no effect: the server rejected it, or it never had a
 * connection. Returns false if only its response may have been lost.
 */
export function hadNoEffect(error: unknown): boolean {
  const cause = causeOf(error);
  if (!isNativeError(cause)) return false;
  if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors.every(hadNoEffect);
  if (cause instanceof pg.DatabaseError) {
    const { code = '' } = cause;
    return code === CANNOT_CONNECT_NOW || !AMBIGUOUS_SQLSTATES.test(code);
  }
  if ('syscall' in cause) return cause.syscall === 'connect' || cause.syscall === 'getaddrinfo';
  return cause instanceof UnsuitableServer || isPoolExhausted(cause);
}

/** Returns whether no connection of the pool became free in time. */
export function isPoolExhausted(error: unknown): boolean {
  return isNativeError(error) && error.message.startsWith('timeout exceeded when trying to connect');
}

/** Returns whether a statement failed because of its connection, which stays open: another one may serve it. */
export function makesConnectionUnusable(error: unknown): boolean {
  const cause = causeOf(error);
  if (!isNativeError(cause)) return false;
  return isPreparedStatementLost(cause) || UNUSABLE_CONNECTION_SQLSTATES.test(codeOf(cause) ?? '');
}

/** Returns whether a prepared statement did not run because its connection has lost it. It was not executed. */
export function isPreparedStatementLost(error: unknown): boolean {
  const cause = causeOf(error);
  if (!isNativeError(cause)) return false;
  if ('routine' in cause && cause.routine === CACHED_PLAN_ROUTINE) return true;
  return STATEMENT_LOST_SQLSTATES.test(codeOf(cause) ?? '');
}

/** Returns whether a statement failed because other transactions hold locks. */
export function isLockUnavailable(error: unknown): boolean {
  const cause = causeOf(error);
  return isNativeError(cause) && LOCK_SQLSTATES.test(codeOf(cause) ?? '');
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

/** Returns whether the database had too much to do: no connection became free in time, or a statement took too long. */
export function isOverload(error: unknown): boolean {
  const cause = causeOf(error);
  return isNativeError(cause) && (isPoolExhausted(cause) || codeOf(cause) === '57014');
}

/** Returns whether a statement names a table or a column that does not exist, as on a replica that has not replayed a migration. */
export function isSchemaOutdated(error: unknown): boolean {
  const cause = causeOf(error);
  return isUndefinedTable(cause) || (isNativeError(cause) && codeOf(cause) === '42703');
}

/** Returns whether a statement names a table that does not exist. */
export function isUndefinedTable(error: unknown): boolean {
  const cause = causeOf(error);
  return isNativeError(cause) && codeOf(cause) === '42P01';
}

function causeOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
