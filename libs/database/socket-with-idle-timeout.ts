import { Socket } from 'node:net';

/**
 * A socket that gives its connection up when nothing has been said on it for so long, in ms. Where the other side is gone without a
 * word, TCP alone would notice only after minutes.
 */
export function socketWithIdleTimeout(silenceMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => {
    socket.destroy(new Error('Connection terminated: the database is silent'));
  });
}
