import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { portOf, readBody } from './payment-stub.js';

export interface ReceivedNotification {
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the provider does with one request, whose body is read already. */
export type NotificationBehaviour = (response: ServerResponse, request: IncomingMessage) => void;

export const accept: NotificationBehaviour = (response) =>
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"received":true}');

/** A notification provider that writes down what it is told, and answers as it is told. */
export class NotificationStub {
  /** Every request in its order, also those that were refused. */
  readonly received: ReceivedNotification[] = [];

  /** What it does where nothing else is asked of it. */
  defaultBehaviour: NotificationBehaviour = accept;

  private readonly next: NotificationBehaviour[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.receive(request, response));
  }

  static async start(): Promise<NotificationStub> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new NotificationStub(server);
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server)}/notification`;
  }

  /** Answers the next request so, before it goes on as usual. */
  once(answer: NotificationBehaviour): void {
    this.next.push(answer);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.received.push({ headers: request.headers, body: await readBody(request) });
    const answer = this.next.shift() ?? this.defaultBehaviour;
    answer(response, request);
  }
}
