import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { startCall } from './provider-call.js';

/** Shorter than any provider's idle timeout, so that a reused connection is still open on the other side. */
const IDLE_SOCKET_TTL_MS = 1_000;
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
  private readonly connectEvent: 'connect' | 'secureConnect';

  constructor(private readonly options: PostClientOptions) {
    this.createRequest = createRequestFactory(options);
    this.connectEvent = isHttps(options) ? 'secureConnect' : 'connect';
  }

  /**
   * Resolves with the response once its head has arrived. Rejects with RequestFailed if no response comes.
   * @param traceparent the trace of the request that caused this one
   */
  async post(
    body: object,
    headers: Record<string, string>,
    traceparent: string | null,
  ): Promise<IncomingMessage> {
    const call = startCall(this.options.url, traceparent);
    try {
      const response = await this.send(body, { ...headers, ...call.headers });
      call.answered(response.statusCode);
      return response;
    } catch (error) {
      call.failed(describeFailure(error).reason);
      throw error;
    }
  }

  private send(body: object, headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.createRequest(resolve);
      let isConnected = false;
      // Node writes nothing of a request before this event, and nothing at all if the server's certificate is refused.
      request.once('socket', (socket) => {
        if (request.reusedSocket) isConnected = true;
        else socket.once(this.connectEvent, () => (isConnected = true));
      });
      request.once('error', (error) => reject(new RequestFailed(error, !isConnected)));
      request.setTimeout(this.options.timeoutMs, () => request.destroy(new Error('No response')));
      for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
      request.end(JSON.stringify(body));
    });
  }
}

/** A request without a response: why, and whether it provably never left this process. */
export interface RequestFailure {
  reason: string;
  neverSent: boolean;
}

/**
 * `neverSent` is true only if the connection was never made, with TLS included. The error's code proves nothing: a broken route, or an
 * alert of TLS, can also end a connection on which the request was written.
 */
class RequestFailed extends Error implements RequestFailure {
  readonly reason: string;

  constructor(
    cause: Error,
    readonly neverSent: boolean,
  ) {
    super(cause.message, { cause });
    this.reason = 'code' in cause ? String(cause.code) : cause.message;
  }
}

/** Returns what a rejection of `post` means. */
export function describeFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailed) return { reason: error.reason, neverSent: error.neverSent };
  return { reason: 'unexpected', neverSent: false };
}

function isHttps({ url }: PostClientOptions): boolean {
  return url.startsWith('https:');
}

function createRequestFactory(options: PostClientOptions): RequestFactory {
  const { url, keepAlive } = options;
  const agent = isHttps(options) ? new HttpsAgent({ keepAlive }) : new HttpAgent({ keepAlive });
  agent.on('free', (socket: Socket) => socket.setTimeout(IDLE_SOCKET_TTL_MS));
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const request = { ...urlToHttpOptions(new URL(url)), method: 'POST', headers, agent };
  return (onResponse) => (isHttps(options) ? requestHttps : requestHttp)(request, onResponse);
}
