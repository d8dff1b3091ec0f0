import { Server, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf, statusOf } from '../problem/problem.js';
import type { ConnectionLimits } from './connection-limits.js';
import type { RefusedRequest } from './identified-request.js';
import { CONNECT_REFUSED, protocolErrorOf, refusalOf, type ProtocolError } from './protocol-errors.js';
import { RequestQueue } from './request-queue.js';
import { originForm, requestTarget } from './request-target.js';

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
    const add: Listener = (request, response) => {
      // Set by `open`. From now on Node limits the idle time.
      if (request.socket.timeout) request.socket.setTimeout(0);
      this.queue.add(response, () => this.handle(request, response));
    };
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
    const grace = setTimeout(() => this.queue.closeAll(), this.limits.closeGraceMs).unref();
    this.once('close', () => clearTimeout(grace));
    // After one whole turn of the event loop: what has arrived until now is read, and gets an answer.
    setImmediate(() => setImmediate(() => super.close(callback)));
    return this;
  }

  /** Called by Node's `close`. Node itself takes a connection as idle although bytes of its response have not been sent. */
  override closeIdleConnections(): void {
    this.queue.closeIdle();
  }

  private open(socket: Socket): void {
    this.queue.accept(socket);
    // Node itself limits only the idle time after a response.
    socket.setTimeout(this.limits.keepAliveTimeoutMs);
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const refusal = protocolErrorOf(request);
    this.begin(response);
    if (refusal) sendProblem(response, refusal);
    else this.app(request, response);
  }

  private onError(error: NodeJS.ErrnoException, socket: Socket): void {
    const refusal = refusalOf(error);
    if (refusal?.status === 408 && this.isWaiting(socket)) this.checkLater(error, socket);
    else if (refusal && socket.writable) this.refuse(socket, refusal);
    else socket.destroy(error);
  }

  /** Answers the request that is being received, after all earlier requests of its connection, and closes the connection. */
  private refuse(socket: Socket, refusal: ProtocolError): void {
    this.queue.end(socket, (response) => {
      if (!response.hasHeader('X-Request-Id')) this.begin(response);
      sendProblem(response, refusal);
    });
  }

  /** Node measures the times from the start of the connection, and while this server does not read. */
  private isWaiting(socket: Socket): boolean {
    return socket.bytesRead === 0 || this.queue.isBehind(socket);
  }

  /** Node reports a late request only once. One that was not read in time gets the whole time again. */
  private checkLater(error: NodeJS.ErrnoException, socket: Socket): void {
    const late = this.queue.receiving(socket);
    if (!late) return;
    const check = (): void => {
      if (this.queue.receiving(socket) === late) this.onError(error, socket);
    };
    setTimeout(check, this.limits.requestTimeoutMs).unref();
  }

  private begin(response: ServerResponse): void {
    const request = response.req;
    request.url = originForm(request.url) ?? '/';
    this.prepare(request, response);
  }
}

function sendProblem(response: ServerResponse, refusal: ProtocolError): void {
  const request: IncomingMessage & RefusedRequest = response.req;
  request.problemCode = refusal.code;
  const { path } = requestTarget({ originalUrl: response.req.url ?? '/' });
  const problem = problemOf(refusal, path, String(response.getHeader('X-Request-Id')));
  response.statusCode = statusOf(refusal);
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Connection', 'close');
  response.end(JSON.stringify(problem));
}
