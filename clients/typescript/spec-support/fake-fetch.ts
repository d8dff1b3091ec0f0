import { once } from 'node:events';

export const BASE_URL = 'https://shop.example/api/v1';

interface SentRequest {
  /** Such as `POST /orders`. */
  route: string;
  headers: Headers;
  body: string;
  /** In ms since the epoch. */
  at: number;
}

type Reaction = Response | Error | ((request: Request) => Promise<Response>);

let sent: SentRequest[] = [];
let reactions: Reaction[] = [];

/** Takes the place of fetch. Reacts to later requests in their order; an error breaks the connection. */
export function fakeFetch(...next: Reaction[]): SentRequest[] {
  reactions = next;
  sent = [];
  return sent;
}

// A client keeps the function that it found when it was created.
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const route = `${request.method} ${request.url.slice(BASE_URL.length)}`;
  sent.push({ route, headers: request.headers, body: await request.clone().text(), at: Date.now() });
  const reaction = reactions.shift();
  if (reaction === undefined) throw new Error(`No reaction is left for ${route}`);
  if (reaction instanceof Error) throw reaction;
  return typeof reaction === 'function' ? await reaction(request) : reaction;
};

/** What fetch throws without a connection. */
export function brokenConnection(): TypeError {
  return new TypeError('fetch failed');
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = { status, code, detail: `The sentence of ${code}`, request_id: 'request 1', opens_at: null };
  return Response.json(body, { status, headers: { ...headers, 'Content-Type': 'application/problem+json' } });
}

/** A response that never comes. It ends with the request. */
export async function silence({ signal }: Request): Promise<Response> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new DOMException('Aborted', 'AbortError');
}
