import pg from 'pg';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
} from 'typeorm';
import {
  hadNoEffect,
  isDatabaseUnavailable,
  isMissingReference,
  isUniqueViolation,
} from './database-errors.js';

function withCode(code: string, fields: object = {}): Error {
  return Object.assign(new Error("the driver's message"), { code, ...fields });
}

/** Wraps a driver's error as TypeORM does. */
function queryFailed(cause: Error): QueryFailedError {
  return new QueryFailedError('SELECT 1', [], cause);
}

function fromServer(sqlState: string, constraint?: string): QueryFailedError {
  const error = new pg.DatabaseError("the server's message", 1, 'error');
  return queryFailed(Object.assign(error, { code: sqlState, constraint }));
}

describe('isDatabaseUnavailable', () => {
  it.each([
    ['08006', 'connection failure'],
    ['08P01', 'protocol violation'],
    ['25006', 'read-only server'],
    ['26000', 'prepared statement unknown'],
    ['40001', 'serialization failure'],
    ['40P01', 'deadlock'],
    ['42P05', 'prepared statement of another session'],
    ['53300', 'too many connections'],
    ['55P03', 'lock not available'],
    ['57014', 'statement timeout'],
    ['57P01', 'server shutdown'],
    ['57P03', 'server startup'],
  ])('returns true for SQLSTATE %s (%s)', (sqlState) => {
    expect(isDatabaseUnavailable(fromServer(sqlState))).toBe(true);
    expect(isDatabaseUnavailable(withCode(sqlState))).toBe(true);
  });

  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
    ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ...['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'HOSTNAME_MISMATCH'],
  ])('returns true for the network error %s', (code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(true);
    expect(isDatabaseUnavailable(queryFailed(withCode(code)))).toBe(true);
  });

  it('returns true if a table changed under a prepared statement', () => {
    const error = withCode('0A000', { routine: 'RevalidateCachedQuery' });

    expect(isDatabaseUnavailable(queryFailed(error))).toBe(true);
  });

  it('returns true if one of the addresses of a host name refused the connection', () => {
    const error = new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED')]);

    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it('returns false if no address failed with a network error', () => {
    expect(isDatabaseUnavailable(new AggregateError([withCode('EINVAL')]))).toBe(false);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'The server does not support SSL connections',
    'There was an error establishing an SSL connection',
    'Client network socket disconnected before secure TLS connection was established',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
    'Client was closed and is not queryable',
  ])('returns true for the driver error without a code "%s"', (message) => {
    expect(isDatabaseUnavailable(new Error(message))).toBe(true);
  });

  describe.each(['25P03', '28000', '55000', 'XX000'])('for SQLSTATE %s', (sqlState) => {
    it('returns true if the severity is FATAL', () => {
      expect(isDatabaseUnavailable(withCode(sqlState, { severity: 'FATAL' }))).toBe(true);
      expect(isDatabaseUnavailable(queryFailed(withCode(sqlState, { severity: 'FATAL' })))).toBe(true);
    });

    it('returns false if the severity is ERROR', () => {
      expect(isDatabaseUnavailable(queryFailed(withCode(sqlState, { severity: 'ERROR' })))).toBe(false);
    });
  });

  it.each([
    new QueryRunnerAlreadyReleasedError(),
    new QueryRunnerProviderAlreadyReleasedError(),
    new TransactionNotStartedError(),
  ])('returns true for a connection lost within a transaction: $name', (error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it.each(['23505', '23503', '22P02', '42601', '42P01', '55000', '0A000'])(
    'returns false for SQLSTATE %s, a fault of the statement',
    (sqlState) => {
      expect(isDatabaseUnavailable(fromServer(sqlState))).toBe(false);
    },
  );

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a message that only contains a driver message', new Error('No Connection terminated')],
    ['a numeric code', Object.assign(new Error('odd'), { code: 8006 })],
    ['an object that is not an Error', { code: '57P01' }],
    ['a string', 'Connection terminated'],
    ['undefined', undefined],
  ])('returns false for %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});

describe('isUniqueViolation', () => {
  it('returns true for a violation of the named constraint', () => {
    expect(isUniqueViolation(fromServer('23505', 'products_name_key'), 'products_name_key')).toBe(true);
  });

  it('returns true for a driver error that TypeORM did not wrap', () => {
    const error = withCode('23505', { constraint: 'products_name_key' });

    expect(isUniqueViolation(error, 'products_name_key')).toBe(true);
  });

  it.each([
    ['another constraint', fromServer('23505', 'users_email_key')],
    ['another kind of violation', fromServer('23503', 'products_name_key')],
    ['an error without a constraint name', queryFailed(withCode('23505'))],
    ['undefined', undefined],
  ])('returns false for %s', (_, error) => {
    expect(isUniqueViolation(error, 'products_name_key')).toBe(false);
  });
});

describe('isMissingReference', () => {
  it.each([
    'Key (customer_id)=(0f8c1b9e-4d3b-4f0e-9a52-8f7f1a2b3c4d) is not present in table "users".',
    'Schlüssel (customer_id)=(0f8c1b9e-4d3b-4f0e-9a52-8f7f1a2b3c4d) ist nicht in Tabelle »users« vorhanden.',
  ])('returns true for %s', (detail) => {
    expect(isMissingReference(queryFailed(withCode('23503', { detail })), 'users')).toBe(true);
  });

  it.each([
    ['another table', queryFailed(withCode('23503', { detail: 'Key is not present in table "orders".' }))],
    ['another kind of violation', queryFailed(withCode('23505', { detail: 'in table "users"' }))],
    ['an error without a detail', queryFailed(withCode('23503'))],
    ['undefined', undefined],
  ])('returns false for %s', (_, error) => {
    expect(isMissingReference(error, 'users')).toBe(false);
  });
});

describe('hadNoEffect', () => {
  it.each([
    ['a read-only server', fromServer('25006')],
    ['a lock that was not available', fromServer('55P03')],
    ['too many connections', fromServer('53300')],
    ['a server that starts', fromServer('57P03')],
    ['a refused connection', withCode('ECONNREFUSED', { syscall: 'connect' })],
    ['an unknown host', withCode('ENOTFOUND', { syscall: 'getaddrinfo' })],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
  ])('returns true for %s', (_, error) => {
    expect(hadNoEffect(error)).toBe(true);
  });

  it.each([
    ['a server that stops', fromServer('57P01')],
    ['a statement that was cancelled', fromServer('57014')],
    ['a failed connection', fromServer('08006')],
    ['a reset', withCode('ECONNRESET', { syscall: 'read' })],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a response that did not come', new Error('Query read timeout')],
    ['no error', undefined],
  ])('returns false for %s', (_, error) => {
    expect(hadNoEffect(error)).toBe(false);
  });
});
