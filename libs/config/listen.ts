import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { isNativeError } from 'node:util/types';
import { StartupError } from './startup-error.js';

/** Where a program listens. */
export interface ListenAddress {
  /** An address of this machine. Undefined means all of them. */
  host: string | undefined;
  /** 0 means a free one. */
  port: number;
  /** The environment variable that the operator sets to change the port. */
  portVariable: 'PORT' | 'SANDBOX_PORT' | 'METRICS_PORT';
}

/** Another program listens on the port. */
export class PortTaken extends StartupError {}

/** A Nest application over HTTP, or what a server needs to look like one. */
interface HttpProgram {
  init?(): Promise<unknown>;
  getHttpServer(): Server;
}

/**
 * Listens, and returns a URL of the program for this machine.
 * @throws PortTaken, StartupError if it cannot, with the variable that helps
 */
export async function listen(program: HttpProgram, address: ListenAddress): Promise<string> {
  await program.init?.();
  const server = program.getHttpServer();
  try {
    // Nest's own listen() logs the failure with its stack before it rejects.
    server.listen(address);
    await once(server, 'listening');
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? error.code : undefined;
    const reason = describe(code, address);
    if (reason === undefined) throw error;
    throw code === 'EADDRINUSE' ? new PortTaken(reason) : new StartupError(reason);
  }
  return urlOf(server.address());
}

function describe(code: unknown, { host, port, portVariable }: ListenAddress): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop what listens there, or choose another with ${portVariable}`;
    case 'EACCES':
      return `Port ${port} may only be opened by root: choose one above 1023 with ${portVariable}`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EAI_AGAIN':
    case 'ENOTFOUND':
      return `HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0, and ${host} is none`;
    default:
      return undefined;
  }
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  const { address: host, family, port } = address;
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}
