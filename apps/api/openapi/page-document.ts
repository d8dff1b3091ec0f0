import type { OpenAPIObject } from '@nestjs/swagger';
import type { Config } from '#config';
import { MalformedPath } from '../problem/http-refusals.js';
import { operationsOf, type Operation } from './operations.js';
import { PREFILLED_BODIES, PREFILLED_BODIES_OF_PRODUCTION } from './prefilled-bodies.js';

const KEY_OF_PAGE =
  'Leave it empty: this page then sends a new one with each call, or the same again while the outcome of a call is unknown.';
/** Headers that only programs send. */
const PROGRAM_HEADERS = ['If-Match', 'If-None-Match'];
type Response = Operation['responses'][string];

/** A path that cannot be decoded, which this page never sends. */
const { detail: MALFORMED_PATH } = new MalformedPath();

/**
 * Returns the document as the page at /docs shows it: with one way to log in, without what only programs send, with bodies that do
 * nothing until they are filled in, and with a short list instead of a whole example for each problem.
 */
export function pageDocument(
  document: OpenAPIObject,
  { apiPrefix, isProduction }: Pick<Config, 'apiPrefix' | 'isProduction'>,
): OpenAPIObject {
  const page = structuredClone(document);
  const { oauth2 } = page.components?.securitySchemes ?? {};
  page.components = { ...page.components, securitySchemes: oauth2 && { oauth2 } };
  for (const operation of operationsOf(page)) {
    operation.security = operation.security?.filter((scheme) => 'oauth2' in scheme);
    for (const [status, response] of Object.entries(operation.responses))
      operation.responses[status] = shortenProblem(response);
    simplifyHeaders(operation);
  }
  const bodies = { ...PREFILLED_BODIES, ...(isProduction && PREFILLED_BODIES_OF_PRODUCTION) };
  for (const [route, body] of Object.entries(bodies)) {
    const [method, path] = route.split(' ');
    const { [`${apiPrefix}${path}`]: item = {} } = page.paths;
    prefill(method === 'PUT' ? item.put : item.post, body);
  }
  return page;
}

function simplifyHeaders(operation: Operation): void {
  operation.parameters = operation.parameters?.filter(
    (parameter) => !('name' in parameter && PROGRAM_HEADERS.includes(parameter.name)),
  );
  for (const parameter of operation.parameters ?? [])
    if ('name' in parameter && parameter.name === 'Idempotency-Key') parameter.description = KEY_OF_PAGE;
}

function prefill(operation: Operation | undefined, body: object): void {
  const request = operation?.requestBody;
  const media = request && 'content' in request ? request.content['application/json'] : undefined;
  if (!media) throw new Error(`No body takes ${JSON.stringify(body)}`);
  delete media.examples;
  media.example = body;
}

function shortenProblem(response: Response): Response | undefined {
  const examples =
    response && 'content' in response ? response.content?.['application/problem+json']?.examples : undefined;
  if (!examples) return response;
  const lines = Object.entries(examples)
    .map(([code, example]) => ({ code, detail: detailOf(example) }))
    .filter(({ detail }) => detail !== MALFORMED_PATH)
    .map(({ code, detail }) => `- \`${code}\`: ${detail}`);
  return lines.length > 0 ? { description: lines.join('\n') } : undefined;
}

/** Returns the sentence of an example of a problem. */
function detailOf(example: object): string {
  const value: unknown = 'value' in example ? example.value : undefined;
  return typeof value === 'object' && value !== null && 'detail' in value ? String(value.detail) : '';
}
