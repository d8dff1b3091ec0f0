import fc, { type Arbitrary } from 'fast-check';
import { PATH_PARAMETER, type Operation } from '../../support/openapi-document.js';
import type { FuzzContext } from '../fuzz-context.js';
import type { RawRequest } from '../raw-http.js';
import { arbitraryBody } from './bodies.js';
import { toForm } from './encoding.js';
import { arbitraryAuthorization, arbitraryHeader } from './headers.js';
import type { Schemas } from './values.js';

/** Generates a request for a documented operation; each part is valid or invalid. */
export function arbitraryRequest(
  operation: Operation,
  schemas: Schemas,
  context: FuzzContext,
): Arbitrary<RawRequest> {
  const parameters = operation.parameters ?? [];
  const namesIn = (place: string): string[] =>
    parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  const queryFields = [...namesIn('query'), 'extra', '__proto__[x]'].map(
    (name) => [name, arbitraryQueryValue(name, context)] as const,
  );
  const query = fc.record(Object.fromEntries(queryFields), { requiredKeys: [] });
  return fc
    .record({
      ids: fc.array(arbitraryId(context), { minLength: 2, maxLength: 2 }),
      query: fc.option(query, { freq: 2 }),
      headers: fc.tuple(...namesIn('header').map(arbitraryHeader)).map((lines) => lines.flat()),
      authorization: arbitraryAuthorization(context),
      content: arbitraryBody(operation, schemas, context),
    })
    .map(({ ids: [...ids], query: sentQuery, headers, authorization, content }) => ({
      method: operation.method,
      path:
        operation.path.replaceAll(PATH_PARAMETER, () => ids.pop() ?? '') +
        (sentQuery ? `?${toForm(sentQuery)}` : ''),
      headers: [...authorization, ...headers, ...content.headers],
      body: content.body,
    }));
}

function arbitraryId(context: FuzzContext): Arbitrary<string> {
  const { waitingOrderId, deliveredOrderId, refundId, product, withdrawnProductId, otherCustomer } = context;
  return fc.oneof(
    fc.constantFrom(
      waitingOrderId,
      deliveredOrderId,
      refundId,
      product.id,
      withdrawnProductId,
      otherCustomer.id,
    ),
    fc.uuid(),
    fc.constantFrom(
      '2026-11-30',
      '2026-02-29',
      'x',
      '%00',
      '%zz',
      '%2e%2e%2f',
      '__proto__',
      '0'.repeat(36),
      'a'.repeat(5_000),
    ),
  );
}

function arbitraryQueryValue(name: string, { customer }: FuzzContext): Arbitrary<string> {
  const valid =
    name === 'limit'
      ? ['1', '100']
      : ['waiting', 'ready', 'unknown', 'dead', 'placed', '42', customer.id, '2026-11-30T03:00:00Z'];
  const invalid = ['', '0', '-1', '101', '1e9', 'abc', '\0', 'eyJ4IjoxfQ', 'x'.repeat(2_000)];
  return fc.oneof(
    fc.constantFrom(...valid),
    fc.constantFrom(...invalid, '[object Object]'),
    fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text.isWellFormed()),
  );
}
