import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionLimits } from './connection-limits.js';

const END_OF_HEADER = '\r\n\r\n';
/** Bounds of the number of bytes that are parsed at once, and so of the pipelined requests that wait. */
const MIN_SLICE_BYTES = 64;
const MAX_SLICE_BYTES = 1024;
/** How long pipelined requests run before other work gets its turn. */
const TURN_MS = 2;
/** What a request and its response take before anything is written, measured with Node.js 20. */
const WAITING_REQUEST_BYTES = 4096;

interface Exchange {
  response: ServerResponse;
  start(): void;
}

interface Connection {
  socket: Socket;
  running?: Exchange;
  waiting: Exchange[];
  /** The bytes whose write had completed at the latest progress. */
  sentBytes: number;
  /** When the response last made progress, in ms of `performance.now()`. */
  progressAt: number;
}

/**
 * Runs the requests of each connection one after the other, and closes connections whose client does not read.
 *
 * Node.js parses all bytes that it has read and starts every request in them, whether or not the client reads the responses. Here a
 * request starts when the last byte of the response before it has left the process, the bytes after it stay unparsed until then, and it
 * never starts if the client has gone.
 */
export class RequestQueue {
  private readonly connections = new Map<Socket, Connection>();
  /** The connections whose next request may start. */
  private readonly ready: Connection[] = [];

  constructor(private readonly limits: Pick<ConnectionLimits, 'stalledMs' | 'maxHeldBytes'>) {}

  /** Takes over a new connection of an HTTP server: its bytes are passed to Node's parser in slices. */
  accept(socket: Socket): void {
    const connection: Connection = { socket, waiting: [], sentBytes: 0, progressAt: 0 };
    this.connections.set(socket, connection);
    const [parse] = socket.listeners('data');
    if (!parse) throw new Error('The HTTP server does not read this connection');
    socket.removeAllListeners('data');
    socket.on('data', (bytes: Buffer) => {
      if (connection.waiting.length > 0) socket.pause();
      let unparsed = bytes;
      while (unparsed.length > 0 && !socket.isPaused()) {
        const slice = firstSlice(unparsed);
        unparsed = unparsed.subarray(slice.length);
        Reflect.apply(parse, socket, [slice]);
      }
      if (unparsed.length > 0) socket.unshift(unparsed);
    });
    socket.once('close', () => {
      this.connections.delete(socket);
      connection.waiting = [];
    });
  }

  /** Calls `start` as soon as all earlier requests of the connection have been answered. */
  add(response: ServerResponse, start: () => void): void {
    const connection = this.connections.get(response.req.socket);
    if (!connection) return;
    if (!connection.running && connection.waiting.length === 0) {
      this.run(connection, { response, start });
    } else {
      connection.waiting.push({ response, start });
      connection.socket.pause();
    }
  }

  /** Closes the connections whose response makes no progress. To be called at regular intervals. */
  closeStalled(): void {
    const now = performance.now();
    const connections = [...this.connections.values()];
    let held = connections.reduce((sum, connection) => sum + heldBytes(connection), 0);
    const stalled = connections
      .filter((connection) => !hasProgressed(connection, now))
      .sort((a, b) => a.progressAt - b.progressAt);
    for (const connection of stalled) {
      if (now - connection.progressAt < this.limits.stalledMs && held <= this.limits.maxHeldBytes) return;
      held -= heldBytes(connection);
      connection.socket.destroy();
    }
  }

  private run(connection: Connection, exchange: Exchange): void {
    connection.running = exchange;
    // Follows "finish", when the kernel has taken the last byte, or the end of the connection.
    exchange.response.once('close', () => this.onClosed(connection));
    exchange.start();
  }

  private onClosed(connection: Connection): void {
    connection.running = undefined;
    if (connection.waiting.length === 0) return;
    if (!connection.socket.writable) {
      connection.waiting = [];
      return;
    }
    this.ready.push(connection);
    if (this.ready.length === 1) setImmediate(() => this.runReady());
  }

  /** Writes that complete at once would otherwise let one client's pipelined requests keep out all other work. */
  private runReady(): void {
    const until = performance.now() + TURN_MS;
    do this.runNext(this.ready.shift());
    while (this.ready.length > 0 && performance.now() < until);
    if (this.ready.length > 0) setImmediate(() => this.runReady());
  }

  private runNext(connection: Connection | undefined): void {
    const exchange = connection?.waiting.shift();
    if (!connection || !exchange) return;
    this.run(connection, exchange);
    if (connection.waiting.length === 0) connection.socket.resume();
  }
}

/** Returns the bytes up to the end of the first header, within the bounds. */
function firstSlice(bytes: Buffer): Buffer {
  const slice = bytes.subarray(0, MAX_SLICE_BYTES);
  const end = slice.indexOf(END_OF_HEADER, MIN_SLICE_BYTES - END_OF_HEADER.length);
  return end === -1 ? slice : slice.subarray(0, end + END_OF_HEADER.length);
}

function heldBytes({ socket, waiting }: Connection): number {
  return socket.writableLength + socket.readableLength + waiting.length * WAITING_REQUEST_BYTES;
}

/** Returns whether the client has taken bytes since the last call, or has none to take. */
function hasProgressed(connection: Connection, now: number): boolean {
  const { bytesWritten, writableLength } = connection.socket;
  const sentBytes = bytesWritten - writableLength;
  if (writableLength > 0 && sentBytes === connection.sentBytes) return false;
  connection.sentBytes = sentBytes;
  connection.progressAt = now;
  return true;
}
