import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** An HTTP request with ordered, possibly repeated headers and a body of any bytes. */
export interface RawRequest {
  method: string;
  path: string;
  headers: [name: string, value: string][];
  body?: string | Buffer;
  /** Sends the body in chunks, without Content-Length. */
  isChunked?: boolean;
}

export interface RawResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  ms: number;
}

const agent = new Agent({ keepAlive: true });

/** Sends the request without the checks and corrections of a client library. */
export async function sendRequest(
  url: string,
  { method, path, headers, body, isChunked }: RawRequest,
): Promise<RawResponse> {
  const startedAt = performance.now();
  const { hostname, port } = new URL(url);
  const outgoing = request({
    agent,
    hostname,
    port,
    method,
    path,
    // A flat list keeps repeated names; Node then adds neither Host nor Content-Length.
    headers: [
      ...[['Host', `${hostname}:${port}`], ...headers].flat(),
      ...((method === 'GET' && body === undefined) || isChunked
        ? []
        : ['Content-Length', String(Buffer.byteLength(body ?? ''))]),
      ...(isChunked ? ['Transfer-Encoding', 'chunked'] : []),
    ],
  });
  // The server may respond and close the connection before it has read the whole body.
  outgoing.on('error', () => undefined);
  const responded = once(outgoing, 'response');
  outgoing.end(body);
  const [response] = await responded;
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk);
    // A stream does not end by itself.
    if (response.headers['content-type'] === 'text/event-stream') break;
  }
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
    ms: performance.now() - startedAt,
  };
}

/** Sends bytes that may be invalid HTTP, and reads until the server closes the connection. */
export async function sendBytes(url: string, bytes: string): Promise<RawResponse> {
  const startedAt = performance.now();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, 'latin1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
  return { status, headers: {}, text, ms: performance.now() - startedAt };
}
