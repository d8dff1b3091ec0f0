import { STEPS } from './steps.mjs';

/**
 * Returns every call of the API, in an order in which each finds what it needs, as sections of requests.
 * Throws an Error if the steps and the document do not have the same operations.
 */
export function requestSequence(document) {
  const operations = new Map(operationsOf(document).map((operation) => [operation.id, operation]));
  const left = new Set(operations.keys());
  const sections = Object.entries(STEPS).map(([title, steps]) => ({
    title,
    requests: steps.map((step) => {
      if (!operations.has(step.call)) throw new Error(`The document has no operation ${step.call}`);
      left.delete(step.call);
      return requestOf(step, operations.get(step.call));
    }),
  }));
  if (left.size > 0) throw new Error(`No step calls ${[...left].join(', ')}`);
  return sections;
}

function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      summary: operation.summary,
      isPublic: !operation.security?.length,
      hasKey: operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false,
    })),
  );
}

function requestOf(step, { method, path, summary, isPublic, hasKey }) {
  return {
    ...{ path: {}, query: {}, keep: {}, bearer: isPublic ? '' : 'token', title: summary, ...step },
    method,
    template: path,
    headers: {
      ...(hasKey && { 'Idempotency-Key': '{{$guid}}' }),
      ...(step.ifMatch && { 'If-Match': step.ifMatch }),
      ...(step.json && { 'Content-Type': 'application/json' }),
      ...(step.form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    },
  };
}
