import { Server, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionLimits } from './connection-limits.js';
import { RequestQueue } from './request-queue.js';

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Node's HTTP server with limits on what its connections may hold (docs/decisions/0025-what-a-connection-may-hold.md). */
export class ApiServer extends Server {
  constructor(options: ServerOptions, app: RequestListener, limits: ConnectionLimits) {
    super({
      ...options,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkIntervalMs,
    });
    this.maxConnections = limits.maxConnections;
    const queue = new RequestQueue(limits);
    this.on('connection', (socket: Socket) => queue.accept(socket));
    this.on('request', (request: IncomingMessage, response: ServerResponse) => {
      queue.add(response, () => app(request, response));
    });
    const checks = setInterval(() => queue.closeStalled(), limits.checkIntervalMs).unref();
    this.once('close', () => clearInterval(checks));
  }
}
