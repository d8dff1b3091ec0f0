import { Socket } from 'node:net';

/**
 * Returns a socket that closes after `timeoutMs` without any byte.
 * If the other side disappears without a reset, TCP alone would notice only after minutes.
 */
export function socketWithIdleTimeout(timeoutMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(timeoutMs, () => {
    socket.destroy(new Error('Connection terminated: the database is silent'));
  });
}
