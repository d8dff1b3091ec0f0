import pg from 'pg';

/** Far more than this product's statements; a text that is made up anew each time must not fill the server's memory. */
const MAX_STATEMENTS = 200;

/** The names under which connections know the statements that were sent with parameters. */
const names = new Map<string, string>();

/**
 * Prepares each statement that has parameters once a connection and from then on sends its name: PostgreSQL parses and plans a step
 * of a placement for longer than it runs.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- the proxy hands the client on
    this.query = new Proxy(this.query, {
      apply: (query, client: unknown, [statement, parameters, ...rest]: unknown[]): unknown =>
        Reflect.apply(query, client, [named(statement, parameters), parameters, ...rest]) as unknown,
    });
  }
}

function named(statement: unknown, parameters: unknown): unknown {
  if (typeof statement !== 'string' || !Array.isArray(parameters) || parameters.length === 0)
    return statement;
  const name = names.get(statement) ?? nextName();
  if (name === undefined) return statement;
  names.set(statement, name);
  return { name, text: statement };
}

function nextName(): string | undefined {
  return names.size < MAX_STATEMENTS ? `statement_${names.size + 1}` : undefined;
}
