import { Server, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { ConnectionLimits } from './connection-limits.js';
import { RequestQueue } from './request-queue.js';

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Node's HTTP server with limits on what its connections may hold. */
export class ApiServer extends Server {
  private readonly queue: RequestQueue;

  constructor(options: ServerOptions, app: RequestListener, limits: ConnectionLimits) {
    super({
      ...options,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkIntervalMs,
    });
    this.queue = new RequestQueue(limits);
    this.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.queue.add(response, () => app(request, response));
    });
    this.once('close', () => this.queue.stop());
  }
}
