import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** A request as it goes over the wire: headers in their order, also twice, and a body of any bytes. */
export interface RawRequest {
  method: string;
  path: string;
  headers: [name: string, value: string][];
  body?: string | Buffer;
  /** Sent in chunks, without a length. */
  isChunked?: boolean;
}

/** What came back. */
export interface RawResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  ms: number;
}

const connections = new Agent({ keepAlive: true });

/** Sends what no well-behaved client library would. */
export async function sendRequest(
  url: string,
  { method, path, headers, body, isChunked }: RawRequest,
): Promise<RawResponse> {
  const startedAt = performance.now();
  const { hostname, port } = new URL(url);
  const sent = request({
    agent: connections,
    hostname,
    port,
    method,
    path,
    // A flat list keeps repeated names; Node then adds neither Host nor a length of its own.
    headers: [
      ...[['Host', `${hostname}:${port}`], ...headers].flat(),
      ...((method === 'GET' && body === undefined) || isChunked
        ? []
        : ['Content-Length', String(Buffer.byteLength(body ?? ''))]),
      ...(isChunked ? ['Transfer-Encoding', 'chunked'] : []),
    ],
  });
  // Whoever refuses a body may close the door on it; the answer counts.
  sent.on('error', () => undefined);
  const answered = once(sent, 'response');
  sent.end(body);
  const [response] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
    ms: performance.now() - startedAt,
  };
}

/** Writes bytes that need not be HTTP, and reads until the server closes the connection. */
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
