import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';

/** A time in which both simulated providers drop every connection. */
@Injectable()
export class Outage {
  private until = 0;

  begin(seconds: number): void {
    this.until = Date.now() + seconds * 1000;
  }

  get isOn(): boolean {
    return Date.now() < this.until;
  }
}

/** Breaks the client's connection; the promise never resolves, so that no answer is tried. */
export function dropConnection(socket: Socket): Promise<never> {
  socket.resetAndDestroy();
  return new Promise(() => undefined);
}
