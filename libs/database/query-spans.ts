import pg from 'pg';
import { errorType, startChildSpan, type Span, type SpanAttributes } from '#tracing';

/** What pg accepts as a query, as far as it is read here. */
interface Statement {
  name?: string;
  text: string;
}

/** The hash at the end of the name of a prepared statement. */
const HASH = /\.[0-9a-f]{16}$/;

/**
 * Makes each query of the client a span of the request or the send that it belongs to. A span shows the statement, never the values of
 * its parameters.
 */
export function traceQueries(client: pg.Client): void {
  const { database = '', host, port } = client;
  const server = {
    'db.system.name': 'postgresql',
    'db.namespace': database,
    'server.address': host,
    'server.port': port,
  };
  const query: unknown = Reflect.get(client, 'query');
  if (typeof query !== 'function') throw new Error('The client has no queries');
  Reflect.set(client, 'query', (...given: unknown[]): unknown => {
    const statement = statementOf(given[0]);
    const attributes = { ...server, 'db.query.text': statement.text };
    const span = startChildSpan({ name: nameOf(statement), kind: 'client', attributes });
    let result: unknown;
    try {
      result = Reflect.apply(query, client, given);
    } catch (error) {
      span?.end(failureOf(error));
      throw error;
    }
    // A query with a callback returns no promise. Its span never ends, so that it is not exported.
    if (span && result instanceof Promise) void endAfter(result, span);
    return result;
  });
}

async function endAfter(result: Promise<unknown>, span: Span): Promise<void> {
  try {
    await result;
    span.end();
  } catch (error) {
    span.end(failureOf(error));
  }
}

function failureOf(error: unknown): SpanAttributes {
  const sqlState = error instanceof pg.DatabaseError ? error.code : undefined;
  return { 'db.response.status_code': sqlState, 'error.type': sqlState ?? errorType(error) };
}

function statementOf(query: unknown): Statement {
  if (typeof query === 'string') return { text: query };
  return isStatement(query) ? query : { text: '' };
}

function isStatement(query: unknown): query is Statement {
  return typeof query === 'object' && query !== null && 'text' in query && typeof query.text === 'string';
}

/** Returns the name of a prepared statement, or the first word of another one. */
function nameOf({ name, text }: Statement): string {
  return name?.replace(HASH, '') ?? /\w+/.exec(text)?.[0].toUpperCase() ?? 'query';
}
