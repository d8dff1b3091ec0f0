import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './api-process.js';

/** The line between the shop and its database, on which anything may go wrong. */
export class DatabaseProxy {
  private readonly connections = new Set<{ client: Socket; isSilent: boolean }>();
  private isSilent = false;
  private lostStatement: string | undefined;
  /** What the names of prepared statements stand for. */
  private readonly preparedStatements = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private target: URL,
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  static async start(databaseUrl: string): Promise<DatabaseProxy> {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new DatabaseProxy(server, port, new URL(databaseUrl));
  }

  get url(): string {
    return Object.assign(new URL(this.target), { host: `127.0.0.1:${this.port}` }).href;
  }

  /** Connects to another server from now on. */
  forwardTo(databaseUrl: string): void {
    this.target = new URL(databaseUrl);
  }

  /** Nothing comes through any more, and nobody is told: connections stay open, new ones are taken. */
  goSilent(): void {
    this.isSilent = true;
    for (const line of this.connections) line.isSilent = true;
  }

  /** Lets new connections through again; those of before stay silent for ever, as half-open ones do. */
  recover(): void {
    this.isSilent = false;
  }

  /** Once: the next statement with these words is done, but its answer never arrives: the connection breaks. */
  loseResponseTo(words: string): void {
    this.lostStatement = words;
  }

  /** Whether `losesAnswerTo` has come true. */
  get hasLostResponse(): boolean {
    return this.lostStatement === undefined;
  }

  async close(): Promise<void> {
    for (const { client } of this.connections) client.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const line = { client, isSilent: this.isSilent };
    let isDoomed = false;
    this.connections.add(line);
    client.on('data', (chunk) => {
      if (line.isSilent) return;
      this.rememberPreparedStatements(chunk);
      if (this.lostStatement !== undefined && this.mentions(chunk, this.lostStatement)) {
        this.lostStatement = undefined;
        isDoomed = true;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isDoomed) client.resetAndDestroy();
      else if (!line.isSilent) client.write(chunk);
    });
    // Of a silent line nobody hears that the other side has hung up.
    upstream.on('close', () => line.isSilent || client.destroy());
    client.on('close', () => {
      this.connections.delete(line);
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  }

  /** A statement is spelled out when it is prepared, its name first (Parse in PostgreSQL's protocol), and named from then on (Bind). */
  private rememberPreparedStatements(chunk: Buffer): void {
    for (const [, name = '', text = ''] of chunk
      .toString('latin1')
      .matchAll(/(statement_\d+)\0([^\0]+)\0/g)) {
      this.preparedStatements.set(name, text);
    }
  }

  private mentions(chunk: Buffer, words: string): boolean {
    const names = [...this.preparedStatements]
      .filter(([, text]) => text.includes(words))
      .map(([name]) => name);
    return chunk.includes(words) || names.some((name) => chunk.includes(`\0${name}\0`));
  }
}
