import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { AnswerChecker } from './answer-checker.js';
import { operationsOf, PATH_PARAMETER, readDocumentFile, type Operation } from './openapi-document.js';

/** By the prefix of the API. Compiling schemas takes longer than most suites compare with them. */
const checkers = new Map<string, Promise<Checker>>();

interface Checker {
  operations: { operation: Operation; path: RegExp }[];
  answers: AnswerChecker;
}

/** Compares everything that an API in this process answers with its OpenAPI document. */
export class AnswerRecorder {
  private readonly faults = new Set<string>();

  private constructor(private readonly checker: Checker) {}

  /** Returns a recorder for an API with this prefix. */
  static async create(apiPrefix: string): Promise<AnswerRecorder> {
    const checker = checkers.get(apiPrefix) ?? createChecker(apiPrefix);
    checkers.set(apiPrefix, checker);
    return new AnswerRecorder(await checker);
  }

  /** Records all later responses of the server. */
  attachTo(server: Server): void {
    // Before the API's own listener, which may respond at once.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      response.end = new Proxy(response.end, {
        apply: (end, target, [body, encoding, ...rest]: unknown[]) => {
          this.record(request, response, () => textOf(body, encoding));
          return Reflect.apply(end, target, [body, encoding, ...rest]);
        },
      });
    });
  }

  /** Throws if a client received an answer that its operation does not document. */
  assertDocumented(): void {
    if (this.faults.size === 0) return;
    const faults = [...this.faults].toSorted();
    throw new Error(`Answers that the OpenAPI document does not describe:\n${faults.join('\n')}`);
  }

  private record({ method, url }: IncomingMessage, response: ServerResponse, body: () => string): void {
    const requested = url?.split('?', 1)[0] ?? '';
    const known = this.checker.operations.find(
      ({ operation, path }) => operation.method === method && path.test(requested),
    );
    if (!known) return;
    const status = response.statusCode;
    const answer = { status, headers: response.getHeaders(), body: body() };
    const fault = this.checker.answers.faultOf(known.operation, answer);
    if (fault !== undefined) this.faults.add(`${known.operation.name} ${status}: ${fault}`);
  }
}

async function createChecker(apiPrefix: string): Promise<Checker> {
  const document = await readDocumentFile(apiPrefix);
  const operations = operationsOf(document).map((operation) => ({ operation, path: patternOf(operation) }));
  return { operations, answers: new AnswerChecker(document) };
}

/** Returns the text of the first argument of `end`, whose bytes may be written as latin1. */
function textOf(body: unknown, encoding: unknown): string {
  if (typeof body === 'string') return encoding === 'latin1' ? Buffer.from(body, 'latin1').toString() : body;
  return body instanceof Uint8Array ? Buffer.from(body).toString() : '';
}

function patternOf({ path }: Operation): RegExp {
  return new RegExp(`^${path.replaceAll(PATH_PARAMETER, '[^/]+')}/?$`);
}
