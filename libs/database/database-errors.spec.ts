import pg from 'pg';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TransactionNotStartedError,
} from 'typeorm';
import { isDatabaseUnavailable, isUniqueViolation } from './database-errors.js';

function coded(code: string, options: object = {}): Error {
  return Object.assign(new Error('as the driver says it'), { code, ...options });
}

function failed(cause: Error): QueryFailedError {
  return new QueryFailedError('SELECT 1', [], cause);
}

function fromServer(sqlState: string, constraint?: string): QueryFailedError {
  return failed(Object.assign(new pg.DatabaseError('refused', 1, 'error'), { code: sqlState, constraint }));
}

describe('a database that is away or too busy', () => {
  it.each([
    ['08006', 'a lost connection'],
    ['08P01', 'a broken protocol'],
    ['40001', 'a serialisation failure'],
    ['40P01', 'a deadlock'],
    ['53300', 'too many connections'],
    ['55P03', 'a lock that was not to be had'],
    ['57014', 'a statement that took too long'],
    ['57P01', 'a server that is shutting down'],
    ['57P03', 'a server that is starting'],
  ])('is told by SQLSTATE %s: %s', (sqlState) => {
    expect(isDatabaseUnavailable(fromServer(sqlState))).toBe(true);
    expect(isDatabaseUnavailable(coded(sqlState))).toBe(true);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
    'is told by the network with %s',
    (code) => {
      expect(isDatabaseUnavailable(coded(code))).toBe(true);
      expect(isDatabaseUnavailable(failed(coded(code)))).toBe(true);
    },
  );

  it('is told by an error that ends its connection, whatever its code', () => {
    expect(isDatabaseUnavailable(coded('55000', { severity: 'FATAL' }))).toBe(true);
  });

  it('is told by all addresses of a name that refuse', () => {
    expect(isDatabaseUnavailable(new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]))).toBe(
      true,
    );
    expect(isDatabaseUnavailable(new AggregateError([coded('EINVAL')]))).toBe(false);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
    'Client was closed and is not queryable',
  ])('is told by the driver, which gives no code: %s', (message) => {
    expect(isDatabaseUnavailable(new Error(message))).toBe(true);
  });

  it.each(['25P03', 'XX000', '28000'])('is told by a FATAL error, whatever its code: %s', (sqlState) => {
    expect(isDatabaseUnavailable(failed(coded(sqlState, { severity: 'FATAL' })))).toBe(true);
    expect(isDatabaseUnavailable(failed(coded(sqlState, { severity: 'ERROR' })))).toBe(false);
  });

  it('is told by a connection that was lost within a transaction', () => {
    expect(isDatabaseUnavailable(new QueryRunnerAlreadyReleasedError())).toBe(true);
    expect(isDatabaseUnavailable(new QueryRunnerProviderAlreadyReleasedError())).toBe(true);
    expect(isDatabaseUnavailable(new TransactionNotStartedError())).toBe(true);
  });
});

describe('a statement that is wrong', () => {
  it.each(['23505', '23503', '22P02', '42601', '42P01', '55000', '0A000'])(
    'is not excused: SQLSTATE %s',
    (sqlState) => {
      expect(isDatabaseUnavailable(fromServer(sqlState))).toBe(false);
    },
  );

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['an error that speaks of connections further on', new Error('No Connection terminated')],
    ['a code that is no text', Object.assign(new Error('odd'), { code: 8006 })],
    ['no error', { code: '57P01' }],
    ['a text', 'Connection terminated'],
    ['nothing', undefined],
  ])('is told from trouble with the database: %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});

describe('a violated constraint', () => {
  it('is known by its name', () => {
    expect(isUniqueViolation(fromServer('23505', 'products_name_key'), 'products_name_key')).toBe(true);
  });

  it.each([
    ['another constraint', fromServer('23505', 'users_email_key')],
    ['another kind of violation', fromServer('23503', 'products_name_key')],
    ['a driver that names none', failed(coded('23505'))],
    ['an error that came from no statement', coded('23505', { constraint: 'products_name_key' })],
    ['nothing', undefined],
  ])('is told from %s', (_, error) => {
    expect(isUniqueViolation(error, 'products_name_key')).toBe(false);
  });
});
