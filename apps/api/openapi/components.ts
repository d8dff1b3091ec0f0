import type { OpenAPIObject } from '@nestjs/swagger';
import { HEADERS, headers } from './headers.js';
import { operationsOf } from './operations.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Response = Extract<NonNullable<Components['responses']>[string], { description: string }>;
type Responses = ReturnType<typeof operationsOf>[number]['responses'];

/** A response of one operation. */
interface Use {
  responses: Responses;
  status: string;
  response: Response;
}

/**
 * Adds what every operation has: X-Request-Id on its responses, and the statement that it needs no login if it names none. Then
 * writes the problems that several operations have once.
 */
export function moveToComponents(document: OpenAPIObject): void {
  const operations = operationsOf(document);
  for (const operation of operations) operation.security ??= [];
  const uses = operations.flatMap(({ responses }) => usesOf(responses));
  for (const { response } of uses) response.headers = { ...response.headers, ...headers('X-Request-Id') };
  document.components = { ...document.components, headers: HEADERS, responses: shareProblems(uses) };
}

function usesOf(responses: Responses): Use[] {
  return Object.entries(responses).flatMap(([status, response]) =>
    response && 'description' in response ? [{ responses, status, response }] : [],
  );
}

/**
 * Moves each problem that is used several times to the components, under the name of its codes. Of several with the same codes but
 * other examples, the one that is used most is shared.
 */
function shareProblems(uses: Use[]): Record<string, Response> {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const content = contentOf(use.response);
    groups.set(content, [...(groups.get(content) ?? []), use]);
  }
  const byFrequency = [...groups.values()].toSorted((one, other) => other.length - one.length);
  const shared: Record<string, Response> = {};
  for (const [first, ...others] of byFrequency) {
    const name = first && nameOf(first.response);
    if (!name || others.length === 0 || name in shared) continue;
    shared[name] = first.response;
    for (const { responses, status } of [first, ...others])
      responses[status] = { $ref: `#/components/responses/${name}` };
  }
  return Object.fromEntries(
    Object.entries(shared).toSorted(([one], [other]) => one.localeCompare(other, 'en')),
  );
}

/** Returns a text that is equal for responses which differ only in the order of their problems. */
function contentOf(response: Response): string {
  return JSON.stringify(examplesOf(response).toSorted(([one], [other]) => one.localeCompare(other, 'en')));
}

/** Returns for example `NotAuthenticatedOrInvalidToken`, or '' if the response is not a problem. */
function nameOf(response: Response): string {
  const codes = examplesOf(response).map(([code]) => code);
  return codes
    .map((code) => code.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()))
    .join('Or');
}

function examplesOf({ content }: Response): [code: string, example: unknown][] {
  return Object.entries(content?.['application/problem+json']?.examples ?? {});
}
