import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionLimits } from './connection-limits.js';

/** How long waiting requests run before other work gets its turn. */
const TURN_MS = 2;

interface Exchange {
  response: ServerResponse;
  start(): void;
}

interface Connection {
  socket: Socket;
  running?: ServerResponse;
  waiting: Exchange[];
  /** The bytes whose write had completed at the latest progress. */
  sentBytes: number;
  /** When the response last made progress, in ms of `performance.now()`. */
  progressAt: number;
}

/**
 * Runs the requests of each connection one after the other. Node itself starts every pipelined request that it has read, so that one
 * client that reads nothing makes a process hold thousands of responses. Here a request waits until the bytes of the response before it
 * have left the process, and it never runs if the client is gone by then.
 */
export class RequestQueue {
  private readonly connections = new Map<Socket, Connection>();
  /** The connections whose next request may start. */
  private readonly ready: Connection[] = [];
  private waitingCount = 0;
  private readonly checks: NodeJS.Timeout;

  constructor(private readonly limits: ConnectionLimits) {
    this.checks = setInterval(() => this.destroyStalled(), limits.checkIntervalMs).unref();
  }

  /** Calls `start` when all earlier requests of the connection have been answered. */
  add(response: ServerResponse, start: () => void): void {
    const { socket } = response.req;
    const connection = this.connections.get(socket) ?? this.open(socket);
    if (!connection.running && connection.waiting.length === 0) this.run(connection, { response, start });
    else this.wait(connection, { response, start });
  }

  /** Ends the checks, for a server that is closed. */
  stop(): void {
    clearInterval(this.checks);
  }

  private open(socket: Socket): Connection {
    const connection = { socket, waiting: [], sentBytes: 0, progressAt: 0 };
    this.connections.set(socket, connection);
    socket.once('close', () => {
      this.connections.delete(socket);
      this.dropWaiting(connection);
    });
    return connection;
  }

  private wait(connection: Connection, exchange: Exchange): void {
    if (this.waitingCount >= this.limits.maxWaiting) {
      connection.socket.destroy();
      return;
    }
    connection.waiting.push(exchange);
    this.waitingCount += 1;
    this.pauseIfFull(connection);
  }

  private run(connection: Connection, { response, start }: Exchange): void {
    connection.running = response;
    // Follows "finish", when the kernel has taken the last byte, or the end of the connection.
    response.once('close', () => this.onClosed(connection));
    start();
  }

  private onClosed(connection: Connection): void {
    connection.running = undefined;
    if (connection.waiting.length === 0) return;
    if (!connection.socket.writable) {
      this.dropWaiting(connection);
      return;
    }
    this.pauseIfFull(connection);
    this.ready.push(connection);
    if (this.ready.length === 1) setImmediate(() => this.runReady());
  }

  /** Runs for a short turn: writes that complete at once would otherwise let pipelined requests keep out all other work. */
  private runReady(): void {
    const until = performance.now() + TURN_MS;
    do this.runNext(this.ready.shift());
    while (this.ready.length > 0 && performance.now() < until);
    if (this.ready.length > 0) setImmediate(() => this.runReady());
  }

  private runNext(connection: Connection | undefined): void {
    const exchange = connection?.waiting.shift();
    if (!connection || !exchange) return;
    this.waitingCount -= 1;
    if (connection.waiting.length === 0) connection.socket.resume();
    this.run(connection, exchange);
  }

  /** Node resumes a socket at the end of each request, so this is repeated. */
  private pauseIfFull({ socket, waiting }: Connection): void {
    if (waiting.length > this.limits.maxWaitingPerConnection) socket.pause();
  }

  private dropWaiting(connection: Connection): void {
    this.waitingCount -= connection.waiting.length;
    connection.waiting = [];
  }

  private destroyStalled(): void {
    const now = performance.now();
    for (const connection of this.connections.values()) {
      const { socket } = connection;
      const sentBytes = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || sentBytes !== connection.sentBytes) {
        connection.sentBytes = sentBytes;
        connection.progressAt = now;
      } else if (now - connection.progressAt >= this.limits.stalledResponseMs) {
        socket.destroy();
      }
    }
  }
}
