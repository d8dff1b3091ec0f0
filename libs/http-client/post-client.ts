import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { isNativeError } from 'node:util/types';

/** Shorter than any provider's idle timeout, so that a reused connection is still open on the other side. */
const IDLE_SOCKET_TTL_MS = 1_000;
/** Name lookup and TLS fail before the request is written. */
const NEVER_SENT_CODES =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_TLS_|CERT_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

export interface PostClientOptions {
  url: string;
  /** Whether a connection is used again. A reset on a used connection does not tell whether the request arrived. */
  keepAlive: boolean;
  /** Time without any response after which a request fails, in ms. */
  timeoutMs: number;
}

type RequestFactory = (onResponse: (response: IncomingMessage) => void) => ClientRequest;

/**
 * Sends JSON by POST to one URL of a provider. It follows no redirects.
 * Uses Node's own client, because wrappers do not tell how far a request got.
 */
export class PostClient {
  private readonly createRequest: RequestFactory;

  constructor(private readonly options: PostClientOptions) {
    this.createRequest = createRequestFactory(options);
  }

  /** Resolves with the response once its head has arrived. Rejects if no response comes. */
  post(body: object, headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.createRequest(resolve).once('error', reject);
      request.setTimeout(this.options.timeoutMs, () => request.destroy(new Error('No response')));
      for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
      request.end(JSON.stringify(body));
    });
  }
}

/** A failed request: why, and whether it provably never left this process. */
export interface RequestFailure {
  reason: string;
  neverSent: boolean;
}

/** Returns what a rejection of `post` means. Only a connection that was never made proves that nothing was sent. */
export function describeFailure(error: unknown): RequestFailure {
  if (!isNativeError(error)) return { reason: 'unexpected', neverSent: false };
  const reason = 'code' in error ? String(error.code) : error.message;
  const neverConnected = 'syscall' in error && error.syscall === 'connect';
  return { reason, neverSent: neverConnected || NEVER_SENT_CODES.test(reason) };
}

function createRequestFactory({ url, keepAlive }: PostClientOptions): RequestFactory {
  const isHttps = url.startsWith('https:');
  const agent = isHttps ? new HttpsAgent({ keepAlive }) : new HttpAgent({ keepAlive });
  agent.on('free', (socket: Socket) => socket.setTimeout(IDLE_SOCKET_TTL_MS));
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const options = { ...urlToHttpOptions(new URL(url)), method: 'POST', headers, agent };
  return (onResponse) => (isHttps ? requestHttps : requestHttp)(options, onResponse);
}
