import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { portOf, readBody, startServer } from './provider-stub.js';

export interface ReceivedNotification {
  headers: IncomingHttpHeaders;
  body: string;
}

/** How the provider responds to one request, after its body was read. */
export type NotificationBehaviour = (response: ServerResponse, request: IncomingMessage) => void;

export const accept: NotificationBehaviour = (response) =>
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"received":true}');

/** A notification provider with configurable behaviour that records what it receives. */
export class NotificationStub {
  /** All requests in the order of arrival, refused ones too. */
  readonly received: ReceivedNotification[] = [];

  /** Applies unless `once` has set a behaviour for the request. */
  defaultBehaviour: NotificationBehaviour = accept;

  private readonly next: NotificationBehaviour[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.receive(request, response));
  }

  static async start(): Promise<NotificationStub> {
    return new NotificationStub(await startServer());
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server)}/notification`;
  }

  /** Sets the behaviour for the next request only. */
  once(behaviour: NotificationBehaviour): void {
    this.next.push(behaviour);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.received.push({ headers: request.headers, body: await readBody(request) });
    const behaviour = this.next.shift() ?? this.defaultBehaviour;
    behaviour(response, request);
  }
}
