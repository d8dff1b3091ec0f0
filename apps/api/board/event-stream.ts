import type { ServerResponse } from 'node:http';

/** A client whose unsent bytes exceed this reads too slowly. One write may be larger, and a snapshot is not counted. */
const MAX_UNSENT_BYTES = 1024 * 1024;
const COMMENT_INTERVAL_MS = 10_000;
/** How long a client may take to read the rest of a stream that ends. */
const END_GRACE_MS = 1_000;
const RECONNECT_AFTER_MS = 2_000;

/** Returns an event (WHATWG HTML, 9.2). JSON text contains no line break. */
export function eventOf(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}

/** The Server-Sent Events of one client, written on the response itself. A request with HEAD gets only the header. */
export class EventStream {
  private readonly closing: (() => void)[] = [];
  /** The last snapshot, until the client has taken it. */
  private unsentSnapshot: Buffer | undefined;

  constructor(private readonly response: ServerResponse) {
    response.once('close', () => {
      for (const listener of this.closing) listener();
    });
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    if (response.req.method === 'HEAD') response.end();
    if (!this.isOpen) return;
    response.write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
    const comments = setInterval(() => this.write(':\n\n'), COMMENT_INTERVAL_MS);
    this.onClose(() => clearInterval(comments));
  }

  get isOpen(): boolean {
    return !this.response.closed && !this.response.writableEnded;
  }

  /** Calls `listener` when the response has ended or the client has gone. Never if that was before. */
  onClose(listener: () => void): void {
    this.closing.push(listener);
  }

  /** Writes events. Closes the connection instead if the client has not read what was written before. */
  write(events: string | Buffer, onTaken?: () => void): void {
    if (!this.isOpen) return;
    const unsent = this.response.writableLength - (this.unsentSnapshot?.length ?? 0);
    if (unsent > MAX_UNSENT_BYTES) this.response.destroy();
    else this.response.write(events, onTaken);
  }

  /** Writes a snapshot. Its bytes count for nothing: a client of a large board would be closed at each connection. */
  writeSnapshot(event: Buffer): void {
    this.write(event, () => {
      if (this.unsentSnapshot === event) this.unsentSnapshot = undefined;
    });
    this.unsentSnapshot = event;
  }

  /** Ends the stream, also if the client does not read. */
  end(): void {
    if (!this.isOpen) return;
    this.response.end();
    const grace = setTimeout(() => this.response.destroy(), END_GRACE_MS);
    this.onClose(() => clearTimeout(grace));
  }
}
