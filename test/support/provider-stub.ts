import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import type { Row } from './statement.js';

/** How the provider treats one request; `record` moves the money. */
export type ProviderBehaviour = (exchange: {
  record: () => void;
  response: ServerResponse;
  request: IncomingMessage;
}) => void;

/** Moves no money. */
export function respondWith(status: number, body: string): ProviderBehaviour {
  return ({ response }) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
}

/** Moves the money and calls `next` instead of responding. */
export function recordThen(
  next: (exchange: { request: IncomingMessage; response: ServerResponse }) => void,
): ProviderBehaviour {
  return ({ record, ...exchange }) => {
    record();
    next(exchange);
  };
}

export const hang: ProviderBehaviour = () => undefined;
export const reset: ProviderBehaviour = ({ request }) => request.socket.resetAndDestroy();
export const recordAndHang = recordThen(() => undefined);
export const recordAndReset = recordThen(({ request }) => request.socket.resetAndDestroy());

/** A provider with a ledger and configurable behaviour. */
export abstract class ProviderStub<Body, Entry extends { key: string }> {
  /** All requests in the order of arrival. */
  readonly requests: { key: string | undefined; body: Body; traceparent: unknown }[] = [];
  /** Applies unless `once` has set a behaviour for the request. */
  defaultBehaviour: ProviderBehaviour;
  /** Whether it confirms a recorded key again without moving the money a second time. */
  isIdempotent = true;
  /** The number of connections opened since the start. */
  connections = 0;
  protected readonly ledger: Entry[] = [];
  private readonly recordedAt: Date[] = [];
  private readonly next: ProviderBehaviour[] = [];
  private readonly port: number;

  /** @param confirm moves the money and says so */
  protected constructor(
    private readonly server: Server,
    private readonly path: string,
    private readonly confirm: ProviderBehaviour,
  ) {
    this.defaultBehaviour = confirm;
    this.port = portOf(server);
    server.on('request', (request, response) => void this.receive(request, response));
    server.on('connection', () => (this.connections += 1));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}${this.path}`;
  }

  /** Sets the behaviour for the next request only. */
  once(behaviour: ProviderBehaviour): void {
    this.next.push(behaviour);
  }

  /** Returns the number of connections that are open now. */
  openConnections(): Promise<number> {
    return promisify(this.server.getConnections.bind(this.server))();
  }

  /** Closes all connections and stops listening, until `restart`. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Listens again on the same port. */
  async restart(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Returns the ledger as rows of a statement. */
  statement(): Row[] {
    return this.ledger.map((entry, index) => ({ ...this.row(entry), time: this.recordedAt[index]! }));
  }

  protected abstract parse(text: string): Body;
  protected abstract entryFor(key: string, body: Body): Entry;
  protected abstract row(entry: Entry): Omit<Row, 'time'>;

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    // No gateway sends an empty body: the sender looks for another server, which had this port before.
    if (text === '') return void response.writeHead(400).end();
    const body = this.parse(text);
    const key = request.headers['idempotency-key'];
    if (Array.isArray(key)) throw new Error('Received more than one Idempotency-Key');
    this.requests.push({ key, body, traceparent: request.headers.traceparent });
    const behaviour = this.isRecorded(key) ? this.confirm : (this.next.shift() ?? this.defaultBehaviour);
    behaviour({ record: () => this.record(key ?? randomUUID(), body), request, response });
  }

  private record(key: string, body: Body): void {
    if (this.isRecorded(key)) return;
    this.ledger.push(this.entryFor(key, body));
    this.recordedAt.push(new Date());
  }

  private isRecorded(key: string | undefined): boolean {
    return this.isIdempotent && this.ledger.some((entry) => entry.key === key);
  }
}

/** Returns a server that listens. */
export async function startServer(port = 0): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Returns a request's whole body. */
export async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Returns the port on which a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub does not listen');
  return address.port;
}
