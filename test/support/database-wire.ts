import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './api-process.js';

/** The line between the shop and its database, on which anything may go wrong. */
export class DatabaseWire {
  private readonly lines = new Set<{ client: Socket; isSilent: boolean }>();
  private isSilent = false;
  private fatalWords: string | undefined;
  /** What the names of prepared statements stand for. */
  private readonly prepared = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private target: URL,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async to(databaseUrl: string): Promise<DatabaseWire> {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new DatabaseWire(server, port, new URL(databaseUrl));
  }

  get url(): string {
    return Object.assign(new URL(this.target), { host: `127.0.0.1:${this.port}` }).href;
  }

  /** Connects to another server from now on. */
  leadsTo(databaseUrl: string): void {
    this.target = new URL(databaseUrl);
  }

  /** Nothing comes through any more, and nobody is told: connections stay open, new ones are taken. */
  goesSilent(): void {
    this.isSilent = true;
    for (const line of this.lines) line.isSilent = true;
  }

  /** Lets new connections through again; those of before stay silent for ever, as half-open ones do. */
  comesBack(): void {
    this.isSilent = false;
  }

  /** Once: the next statement with these words is done, but its answer never arrives: the connection breaks. */
  losesAnswerTo(words: string): void {
    this.fatalWords = words;
  }

  /** Whether `losesAnswerTo` has come true. */
  get hasLost(): boolean {
    return this.fatalWords === undefined;
  }

  async close(): Promise<void> {
    for (const { client } of this.lines) client.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const line = { client, isSilent: this.isSilent };
    let isDoomed = false;
    this.lines.add(line);
    client.on('data', (chunk) => {
      if (line.isSilent) return;
      this.learn(chunk);
      if (this.fatalWords !== undefined && this.says(chunk, this.fatalWords)) {
        this.fatalWords = undefined;
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
      this.lines.delete(line);
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  }

  /** A statement is spelled out when it is prepared, its name first (Parse in PostgreSQL's protocol), and named from then on (Bind). */
  private learn(chunk: Buffer): void {
    for (const [, name = '', text = ''] of chunk
      .toString('latin1')
      .matchAll(/(statement_\d+)\0([^\0]+)\0/g)) {
      this.prepared.set(name, text);
    }
  }

  private says(chunk: Buffer, words: string): boolean {
    const names = [...this.prepared].filter(([, text]) => text.includes(words)).map(([name]) => name);
    return chunk.includes(words) || names.some((name) => chunk.includes(`\0${name}\0`));
  }
}
