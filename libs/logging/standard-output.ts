import { destination, type DestinationStream } from 'pino';

/**
 * Standard output for log lines. Those of one turn of the event loop go out in one write, since a write costs a tenth of serving the
 * menu. An exit or an uncaught error loses none of them, a signal that ends the process at once those of its last turn.
 */
export class StandardOutput implements DestinationStream {
  private readonly output = destination({ fd: 1, sync: true });
  private lines = '';
  private readonly flush = (): void => {
    const lines = this.lines;
    this.lines = '';
    if (lines) this.output.write(lines);
  };

  constructor() {
    process.on('exit', this.flush);
  }

  write(line: string): void {
    if (!this.lines) setImmediate(this.flush);
    this.lines += line;
  }
}
