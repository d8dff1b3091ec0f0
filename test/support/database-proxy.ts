import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './api-process.js';

/** A TCP proxy in front of PostgreSQL that simulates network faults. */
export class DatabaseProxy {
  private readonly connections = new Set<{ client: Socket; isSilent: boolean }>();
  private accepted = 0;
  private isSilent = false;
  private silencingStatement: string | undefined;
  private lostStatement = '';
  private responsesToLose = 0;
  private replacement: { sql: string; by: string } | undefined;
  /** The text of each prepared statement by its name. */
  private readonly preparedStatements = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private target: URL,
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  static async start(databaseUrl: string, fixedPort?: number): Promise<DatabaseProxy> {
    const port = fixedPort ?? (await freePort());
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new DatabaseProxy(server, port, new URL(databaseUrl));
  }

  get url(): string {
    return Object.assign(new URL(this.target), { host: `127.0.0.1:${this.port}` }).href;
  }

  /** Connects new clients to another server. */
  forwardTo(databaseUrl: string): void {
    this.target = new URL(databaseUrl);
  }

  /** Drops all traffic. Connections stay open, and new ones are accepted. */
  goSilent(): void {
    this.isSilent = true;
    for (const connection of this.connections) connection.isSilent = true;
  }

  /** Drops a statement that contains `sql` and all later traffic of its connection. */
  goSilentAt(sql: string): void {
    this.silencingStatement = sql;
  }

  /** Forwards new connections again. Earlier ones stay silent, like half-open connections. */
  recover(): void {
    this.isSilent = false;
  }

  /** Executes the next statements that contain `sql`, but resets their connections instead of returning the responses. */
  loseResponseTo(sql: string, times = 1): void {
    this.lostStatement = sql;
    this.responsesToLose = times;
  }

  /** Replaces a part of the next statement that contains it, for example to make it fail. Both must have the same length. */
  replaceOnce(sql: string, by: string): void {
    this.replacement = { sql, by };
  }

  get openConnections(): number {
    return this.connections.size;
  }

  /** Also those that were closed. */
  get acceptedConnections(): number {
    return this.accepted;
  }

  /** Whether the responses to the statements were lost. */
  get hasLostResponse(): boolean {
    return this.responsesToLose === 0;
  }

  async close(): Promise<void> {
    for (const { client } of this.connections) client.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const connection = { client, isSilent: this.isSilent };
    let isResponseLost = false;
    this.connections.add(connection);
    this.accepted += 1;
    client.on('data', (chunk) => {
      if (this.silencingStatement && chunk.includes(this.silencingStatement)) connection.isSilent = true;
      if (connection.isSilent) return;
      this.rememberPreparedStatements(chunk);
      if (this.responsesToLose > 0 && this.mentions(chunk, this.lostStatement)) {
        this.responsesToLose -= 1;
        isResponseLost = true;
      }
      upstream.write(this.replaced(chunk));
    });
    upstream.on('data', (chunk) => {
      if (isResponseLost) client.resetAndDestroy();
      else if (!connection.isSilent) client.write(chunk);
    });
    // A silent connection does not show that the server closed it.
    upstream.on('close', () => connection.isSilent || client.destroy());
    client.on('close', () => {
      this.connections.delete(connection);
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  }

  private replaced(chunk: Buffer): Buffer {
    if (!this.replacement || !chunk.includes(this.replacement.sql)) return chunk;
    const { sql, by } = this.replacement;
    this.replacement = undefined;
    return Buffer.from(chunk.toString('latin1').replace(sql, by), 'latin1');
  }

  /** PostgreSQL's Parse message has a statement's name and text; later Bind messages have only the name. */
  private rememberPreparedStatements(chunk: Buffer): void {
    const messages = chunk.toString('latin1').matchAll(/P[^]{4}([\w.]+)\0([^\0]+)\0/g);
    for (const [, name = '', text = ''] of messages) {
      this.preparedStatements.set(name, text);
    }
  }

  private mentions(chunk: Buffer, sql: string): boolean {
    const names = [...this.preparedStatements].filter(([, text]) => text.includes(sql)).map(([name]) => name);
    return chunk.includes(sql) || names.some((name) => chunk.includes(`\0${name}\0`));
  }
}
