import type { OpenAPIObject } from '@nestjs/swagger';
import type { Config } from '#config';
import { PREFILLED_BODIES } from './prefilled-bodies.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const KEY_OF_PAGE = 'Left empty, this page sends a new one with each call.';

/**
 * Returns the document as the page at /docs shows it: with bodies that do nothing until they are filled in, and with a short list instead
 * of a whole example for each problem.
 */
export function pageDocument(
  document: OpenAPIObject,
  { apiPrefix }: Pick<Config, 'apiPrefix'>,
): OpenAPIObject {
  const page = structuredClone(document);
  for (const item of Object.values(page.paths))
    for (const method of METHODS) {
      shortenProblems(item[method]?.responses ?? {});
      for (const parameter of item[method]?.parameters ?? [])
        if ('name' in parameter && parameter.name === 'Idempotency-Key')
          parameter.description = `${parameter.description ?? ''} ${KEY_OF_PAGE}`;
    }
  for (const [route, body] of Object.entries(PREFILLED_BODIES)) {
    const [method, path] = route.split(' ');
    const { [`${apiPrefix}${path}`]: item = {} } = page.paths;
    prefill(method === 'PUT' ? item.put : item.post, body);
  }
  return page;
}

function prefill(operation: Operation | undefined, body: object): void {
  const request = operation?.requestBody;
  const media = request && 'content' in request ? request.content['application/json'] : undefined;
  if (!media) throw new Error(`No body takes ${JSON.stringify(body)}`);
  delete media.examples;
  media.example = body;
}

function shortenProblems(responses: Operation['responses']): void {
  for (const [status, response] of Object.entries(responses)) {
    const examples =
      response && 'content' in response
        ? response.content?.['application/problem+json']?.examples
        : undefined;
    if (!examples) continue;
    const lines = Object.entries(examples).map(([code, example]) => `- \`${code}\`: ${detailOf(example)}`);
    responses[status] = { description: lines.join('\n') };
  }
}

/** Returns the sentence of an example of a problem. */
function detailOf(example: object): string {
  const value: unknown = 'value' in example ? example.value : undefined;
  return typeof value === 'object' && value !== null && 'detail' in value ? String(value.detail) : '';
}
