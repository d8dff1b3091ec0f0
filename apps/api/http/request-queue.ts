import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionLimits } from './connection-limits.js';

const END_OF_HEADER = '\r\n\r\n';
/** Bounds of the number of bytes that are parsed at once, and so of the pipelined requests that wait. */
const MIN_SLICE_BYTES = 64;
const MAX_SLICE_BYTES = 1024;
/** How long pipelined requests run before other work of the process may run. */
const TURN_MS = 2;
/** How long a connection is read after its last response, so that its client can read that. */
const LINGER_MS = 1_000;
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
  /** The request that was received last, unless it has been answered completely. */
  latest?: Exchange;
  /** Whether nothing more is read than what lets the client read its last response. */
  isEnding: boolean;
  /** What had been sent at the latest progress. */
  progress: string;
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
  private isClosing = false;

  constructor(private readonly limits: Pick<ConnectionLimits, 'stalledMs' | 'maxHeldBytes'>) {}

  /** Takes over a new connection of an HTTP server: its bytes are passed to Node's parser in slices. */
  accept(socket: Socket): void {
    const connection: Connection = {
      socket,
      waiting: [],
      isEnding: false,
      progress: '',
      progressAt: performance.now(),
    };
    this.connections.set(socket, connection);
    const [parse] = socket.listeners('data');
    if (!parse) throw new Error('The HTTP server does not read this connection');
    socket.removeAllListeners('data');
    socket.on('data', (bytes: Buffer) => {
      let unparsed = bytes;
      while (unparsed.length > 0 && connection.waiting.length === 0 && !socket.isPaused()) {
        if (connection.isEnding) return;
        const end = endOfSlice(unparsed);
        const slice = end < unparsed.length ? unparsed.subarray(0, end) : unparsed;
        unparsed = unparsed.subarray(end);
        Reflect.apply(parse, socket, [slice]);
      }
      // Node resumes the socket at the end of each request, so that this happens again until no request waits.
      if (connection.waiting.length > 0) socket.pause();
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
    const exchange = { response, start };
    connection.latest = exchange;
    if (!connection.running && connection.waiting.length === 0) {
      this.run(connection, exchange);
    } else {
      connection.waiting.push(exchange);
    }
  }

  /** Makes `respond` give the last response of a connection: to the request that is being received, or to what follows. */
  end(socket: Socket, respond: (response: ServerResponse) => void): void {
    const connection = this.connections.get(socket);
    if (!connection || connection.isEnding) return;
    connection.isEnding = true;
    const { latest, waiting } = connection;
    if (!latest || latest.response.req.complete) {
      const response = new ServerResponse(new IncomingMessage(socket));
      response.once('finish', () => {
        // As Node does for the responses that it creates.
        response.emit('close');
        socket.end();
        setTimeout(() => socket.destroy(), LINGER_MS).unref();
      });
      this.add(response, () => {
        response.assignSocket(socket);
        respond(response);
      });
    } else if (waiting.includes(latest)) {
      latest.start = () => respond(latest.response);
    } else if (latest.response.headersSent) {
      socket.destroy();
    } else {
      respond(latest.response);
    }
  }

  /** Returns whether bytes of the connection wait because of the responses before them. */
  isBehind(socket: Socket): boolean {
    return socket.readableLength > 0 || (this.connections.get(socket)?.waiting.length ?? 0) > 0;
  }

  /** Returns the response to the request that is being received, if there is one. */
  receiving(socket: Socket): ServerResponse | undefined {
    const response = this.connections.get(socket)?.latest?.response;
    return response?.req.complete === false ? response : undefined;
  }

  /** Makes each connection close after its present requests. */
  close(): void {
    this.isClosing = true;
  }

  /** Closes the connections without a running or waiting request. */
  closeIdle(): void {
    for (const { running, waiting, socket } of this.connections.values())
      if (!running && waiting.length === 0) socket.destroy();
  }

  closeAll(): void {
    for (const socket of this.connections.keys()) socket.destroy();
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
    const { running, latest, socket } = connection;
    connection.running = undefined;
    if (running === latest && running?.response.req.complete) connection.latest = undefined;
    if (connection.waiting.length === 0) {
      if (this.isClosing) socket.destroySoon();
      return;
    }
    if (!socket.writable) {
      connection.waiting = [];
      return;
    }
    this.ready.push(connection);
    if (this.ready.length === 1) setImmediate(() => this.runReady());
  }

  /** Runs waiting requests for a limited time. If their writes complete at once, they would otherwise block all other work. */
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

/** Returns where the first header ends, within the bounds. */
function endOfSlice(bytes: Buffer): number {
  const end = bytes.indexOf(END_OF_HEADER, MIN_SLICE_BYTES - END_OF_HEADER.length);
  return end === -1 ? MAX_SLICE_BYTES : Math.min(end + END_OF_HEADER.length, MAX_SLICE_BYTES);
}

function heldBytes({ socket, waiting }: Connection): number {
  return socket.writableLength + socket.readableLength + waiting.length * WAITING_REQUEST_BYTES;
}

/** Returns whether the client has received bytes since the last call, or no bytes wait for it. */
function hasProgressed(connection: Connection, now: number): boolean {
  const { socket } = connection;
  const progress = `${socket.bytesWritten - socket.writableLength} ${queuedBytes(socket)}`;
  if (socket.writableLength > 0 && progress === connection.progress) return false;
  connection.progress = progress;
  connection.progressAt = now;
  return true;
}

/** Returns how much of a write the kernel has not taken yet, which Node's own time-out of a socket reads from there, too. */
function queuedBytes(socket: Socket): number | undefined {
  const handle: unknown = Reflect.get(socket, '_handle');
  const bytes: unknown = Reflect.get(Object(handle), 'writeQueueSize');
  return typeof bytes === 'number' ? bytes : undefined;
}
