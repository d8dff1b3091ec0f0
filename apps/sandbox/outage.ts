import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';

/** While an outage is on, the simulated providers drop every connection. */
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

/** Resets the client's connection. The promise never settles, so that Nest sends no response. */
export function dropConnection(socket: Socket): Promise<never> {
  socket.resetAndDestroy();
  return new Promise(() => undefined);
}
