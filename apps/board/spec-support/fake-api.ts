type Answer = (request: Request) => Response | Promise<Response>;

export const API = 'https://shop.example/api/v1';

/**
 * Keeps all requests in memory. In Node.js 20 an abort does not reach the copy of a request after the original was collected.
 */
class KeptRequest extends Request {
  private static readonly all: Request[] = [];

  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, init);
    KeptRequest.all.push(this);
  }
}

/** Takes the place of fetch. Each route has one answer at a time; without one it cannot be reached. */
export class FakeApi {
  /** Such as `GET /menu`, in their order. */
  readonly requests: string[] = [];
  private readonly answers = new Map<string, Answer>();

  constructor() {
    globalThis.Request = KeptRequest;
    globalThis.fetch = (input, init) => this.receive(new Request(input, init));
  }

  on(route: string, answer: Answer): void {
    this.answers.set(route, answer);
  }

  count(route: string): number {
    return this.requests.filter((request) => request === route).length;
  }

  private async receive(request: Request): Promise<Response> {
    const route = `${request.method} ${request.url.slice(API.length)}`;
    this.requests.push(route);
    const answer = this.answers.get(route);
    if (!answer) throw new TypeError('fetch failed');
    return await answer(request);
  }
}

/** A response of events that stays open until the request is aborted. */
export class FakeStream {
  readonly response: Response;
  private readonly writer;

  constructor({ signal }: Request) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.writer = writable.getWriter();
    this.response = new Response(readable);
    signal.addEventListener('abort', () => void this.writer.abort().catch(() => undefined));
  }

  send(event: string, value: unknown): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  write(text: string): void {
    void this.writer.write(new TextEncoder().encode(text)).catch(() => undefined);
  }
}

/** Returns the response to a token request. The tokens contain `name`. */
export function tokenOf(name: string): Response {
  return Response.json({
    access_token: `access ${name}`,
    refresh_token: `refresh ${name}`,
    token_type: 'Bearer',
    expires_in: 3600,
  });
}

export function problemOf(status: number, detail: string): Response {
  return Response.json({ detail }, { status });
}
