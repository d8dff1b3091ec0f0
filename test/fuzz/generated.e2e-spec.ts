import fc from 'fast-check';
import { AnswerChecker } from '../support/answer-checker.js';
import { operationsOf, readDocument, type Operation } from '../support/openapi-document.js';
import { createFuzzContext, snapshotState, type FuzzContext } from './fuzz-context.js';
import { arbitraryRequest } from './generators/requests.js';
import type { Schemas } from './generators/values.js';
import { sendRequest, type RawResponse } from './raw-http.js';

/** Over all operations together. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 600);
/** Fixed by default, so that only a change of the code changes the result. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261123);
const OPERATIONS = 48;

describe(`generated requests (FUZZ_SEED=${SEED})`, () => {
  let context: FuzzContext;
  let operations: Operation[];
  let schemas: Schemas;
  let checker: AnswerChecker;
  const responseCounts = new Map<string, number>();

  beforeAll(async () => {
    context = await createFuzzContext();
    const document = await readDocument(context.app.url);
    operations = operationsOf(document);
    ({ schemas } = document.components);
    checker = new AnswerChecker(document);
  });
  afterAll(async () => {
    await context.app.close();
    if (process.env.FUZZ_REQUESTS === undefined) return;
    for (const [response, count] of [...responseCounts].sort())
      process.stdout.write(`${response} ${count}\n`);
  });

  it.each(Array.from({ length: OPERATIONS }, (_, index) => index))(
    'operation %# returns documented responses and changes nothing on errors',
    async (index) => {
      const operation = operations[index];
      if (!operation) throw new Error('The document has fewer operations');
      let before = await snapshotState(context);
      await fc.assert(
        fc.asyncProperty(arbitraryRequest(operation, schemas, context), async (sent) => {
          if (operation.path.includes('/auth/'))
            await context.app.database.query('TRUNCATE login_failures, registration_attempts');
          const response = await sendRequest(context.app.url, sent);
          const after = await snapshotState(context);
          const violations = [
            ...findViolations(operation, response),
            ...(response.status >= 400 && after !== before ? ['an error response changed the state'] : []),
          ];
          before = after;
          const summary = `${operation.name} ${response.status}`;
          responseCounts.set(summary, (responseCounts.get(summary) ?? 0) + 1);
          if (violations.length > 0)
            throw new Error(`${summary}: ${violations.join('; ')}\n${response.text.slice(0, 500)}`);
        }),
        { numRuns: Math.ceil(REQUESTS / OPERATIONS), seed: SEED, endOnFailure: true },
      );
    },
    30_000 + REQUESTS * 20,
  );

  it('include every documented operation', () => {
    expect(operations).toHaveLength(OPERATIONS);
  });

  /** Compares a response with the OpenAPI document. */
  function findViolations(operation: Operation, { status, headers, text: body }: RawResponse): string[] {
    return status >= 500
      ? ['server error']
      : [checker.faultOf(operation, { status, headers, body }) ?? []].flat();
  }
});
