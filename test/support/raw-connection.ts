import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from './eventually.js';

/** A TCP connection to an API, for bytes that no HTTP client sends and for clients that do not read. */
export class RawConnection {
  received = '';
  private readonly closed: Promise<unknown>;

  private constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Sends bytes without reading what comes back. */
  write(bytes: string): this {
    this.socket.write(bytes, 'latin1');
    return this;
  }

  /** Reads all that comes. */
  read(): this {
    this.socket.on('data', (chunk) => (this.received += chunk.toString('latin1')));
    return this;
  }

  /** Reads until the server closes the connection. Returns all that came. */
  async readToEnd(): Promise<string> {
    this.read();
    await this.closed;
    return this.received;
  }

  /** Reads until this text has come. */
  async readUntil(text: string | RegExp): Promise<string> {
    if (this.socket.listenerCount('data') === 0) this.read();
    return eventually(`${String(text)} from the server`, () =>
      this.received.search(text) === -1 ? undefined : this.received,
    );
  }

  get isClosed(): boolean {
    return this.socket.closed;
  }

  hangUp(): void {
    this.socket.destroy();
  }
}

/** An HTTP response as text. */
export interface TextResponse {
  status: number;
  /** Lower-case lines, without the status line. */
  headers: string;
  body: string;
}

/** Splits the only response of a connection. */
export function parseResponse(text: string): TextResponse {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [statusLine = '', ...headers] = head.split('\r\n');
  return { status: Number(statusLine.split(' ')[1]), headers: headers.join('\n').toLowerCase(), body };
}
