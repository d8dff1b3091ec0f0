import { Server, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf, statusOf } from '../problem/problem.js';
import type { ConnectionLimits } from './connection-limits.js';
import {
  CONNECT_REFUSED,
  originForm,
  protocolErrorOf,
  refusalOf,
  type ProtocolError,
} from './protocol-errors.js';
import { RequestQueue } from './request-queue.js';
import { requestTarget } from './request-target.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Node's HTTP server with limits on what its connections may hold (docs/decisions/0025-what-a-connection-may-hold.md). What Node itself
 * would answer without a body is answered with problem details, an id and a log line, too.
 */
export class ApiServer extends Server {
  private readonly queue: RequestQueue;

  /** @param prepare is called for each response before anything else: it sets headers and starts the log line */
  constructor(
    options: ServerOptions,
    private readonly app: Listener,
    private readonly prepare: Listener,
    private readonly limits: ConnectionLimits,
  ) {
    super({
      ...options,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkIntervalMs,
      // `protocolErrorOf` requires it.
      requireHostHeader: false,
    });
    this.maxConnections = limits.maxConnections;
    this.queue = new RequestQueue(limits);
    const add: Listener = (request, response) =>
      this.queue.add(response, () => this.handle(request, response));
    this.on('connection', (socket: Socket) => this.open(socket));
    this.on('request', add);
    this.on('checkExpectation', add);
    this.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => this.onError(error, socket));
    this.on('connect', ({ socket }: IncomingMessage) => this.refuse(socket, CONNECT_REFUSED));
    const checks = setInterval(() => this.queue.closeStalled(), limits.checkIntervalMs).unref();
    this.once('close', () => clearInterval(checks));
  }

  /** Lets running requests end, for at most `closeGraceMs`, and closes all connections. */
  override close(callback?: (error?: Error) => void): this {
    this.queue.close();
    const grace = setTimeout(() => this.closeAllConnections(), this.limits.closeGraceMs).unref();
    this.once('close', () => clearTimeout(grace));
    return super.close(callback);
  }

  private open(socket: Socket): void {
    this.queue.accept(socket);
    // Node itself limits only the idle time after a response.
    socket.setTimeout(this.limits.keepAliveTimeoutMs);
    socket.once('data', () => socket.setTimeout(0));
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const refusal = protocolErrorOf(request);
    request.url = originForm(request.url) ?? '/';
    this.prepare(request, response);
    if (refusal) sendProblem(response, refusal);
    else this.app(request, response);
  }

  private onError(error: NodeJS.ErrnoException, socket: Socket): void {
    const refusal = refusalOf(error);
    // Node measures the time for the header from the start of the connection, and while this server does not read.
    if (refusal?.status === 408 && (socket.bytesRead === 0 || this.queue.isBehind(socket))) return;
    if (refusal && socket.writable) this.refuse(socket, refusal);
    else socket.destroy(error);
  }

  /** Answers the request that is being received on a connection, in its turn, and closes the connection. */
  private refuse(socket: Socket, refusal: ProtocolError): void {
    this.queue.end(socket, (response) => {
      if (!response.hasHeader('X-Request-Id')) this.prepare(response.req, response);
      sendProblem(response, refusal);
    });
  }
}

function sendProblem(response: ServerResponse, refusal: ProtocolError): void {
  const { path } = requestTarget({ originalUrl: response.req.url ?? '/' });
  const problem = problemOf(refusal, path, String(response.getHeader('X-Request-Id')));
  response.statusCode = statusOf(refusal);
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Connection', 'close');
  response.end(JSON.stringify(problem));
}
