import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { documentedProblems, PATH_PARAMETER, type Operation } from './openapi-document.js';

/** Any operation can give these, so it does not list them: a bug causes the first, HTTP itself the others. */
const UNDOCUMENTED = ['500 internal_error', '400 malformed_request', '408 request_timeout'];

/** Records the problems that the clients of an API receive, and compares them with the OpenAPI document. */
export class ProblemRecorder {
  private readonly received = new Set<string>();

  constructor(private readonly operations: Operation[]) {}

  /** Records all later responses of the server. */
  attachTo(server: Server): void {
    // Before the API's own listener, which may respond at once.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      response.end = new Proxy(response.end, {
        apply: (end, target, args: unknown[]) => {
          this.record(request, response, args[0]);
          return Reflect.apply(end, target, args);
        },
      });
    });
  }

  /** Throws if a client received a problem that its operation does not list. */
  assertDocumented(): void {
    const documented = documentedProblems(this.operations);
    const missing = [...this.received].filter((problem) => !documented.includes(problem));
    if (missing.length === 0) return;
    throw new Error(`The OpenAPI document does not list these problems:\n${missing.toSorted().join('\n')}`);
  }

  private record({ method, url }: IncomingMessage, response: ServerResponse, body: unknown): void {
    const { statusCode } = response;
    const path = url?.split('?', 1)[0] ?? '';
    const operation = this.operations.find((known) => known.method === method && matches(known, path));
    if (!operation || statusCode < 400) return;
    const problem = `${statusCode} ${codeOf(response, body)}`;
    if (!UNDOCUMENTED.includes(problem)) this.received.add(`${operation.name} ${problem}`);
  }
}

function codeOf(response: ServerResponse, body: unknown): string {
  const type = String(response.getHeader('Content-Type'));
  return type.startsWith('application/problem+json') ? JSON.parse(String(body)).code : `as ${type}`;
}

function matches({ path }: Operation, requested: string): boolean {
  return new RegExp(`^${path.replaceAll(PATH_PARAMETER, '[^/]+')}/?$`).test(requested);
}
