import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import request from 'supertest';
import { documentedOperations, type Operation } from '../support/openapi-document.js';
import { sendRequest, type RawResponse } from './raw-http.js';
import { requests, type Schemas } from './generators.js';
import { createFuzzContext, snapshotState, type FuzzContext } from './fuzz-context.js';

/** Over all operations together. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 600);
/** The same in every run, so that a change and not chance turns it red; another one looks elsewhere. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261123);
const OPERATIONS = 16;

describe(`whatever is sent (FUZZ_SEED=${SEED})`, () => {
  let context: FuzzContext;
  let operations: Operation[];
  let schemas: Schemas;
  let ajv: Ajv;
  const counts = new Map<string, number>();

  beforeAll(async () => {
    context = await createFuzzContext();
    operations = await documentedOperations(context.app.url);
    const { body: document } = await request(context.app.url).get('/docs-json').expect(200);
    schemas = document.components.schemas;
    ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema(document, 'document');
  });
  afterAll(async () => {
    await context.app.close();
    if (process.env.FUZZ_REQUESTS === undefined) return;
    for (const [what, count] of [...counts].sort()) process.stdout.write(`${what} ${count}\n`);
  });

  it.each(Array.from({ length: OPERATIONS }, (_, index) => index))(
    'operation %# answers as its document says, never with 5xx, and a refusal changes nothing',
    async (index) => {
      const operation = operations[index];
      if (!operation) throw new Error('The document has fewer operations');
      let before = await snapshotState(context);
      await fc.assert(
        fc.asyncProperty(requests(operation, schemas, context), async (sent) => {
          if (operation.path.endsWith('/token'))
            await context.app.database.query('DELETE FROM login_failures');
          const reply = await sendRequest(context.app.url, sent);
          const after = await snapshotState(context);
          const problems = [
            ...judge(operation, reply),
            ...(reply.status >= 400 && after !== before ? ['changed something'] : []),
          ];
          before = after;
          const what = `${operation.name} ${reply.status}`;
          counts.set(what, (counts.get(what) ?? 0) + 1);
          if (problems.length > 0)
            throw new Error(`${what}: ${problems.join('; ')}\n${reply.text.slice(0, 500)}`);
        }),
        { numRuns: Math.ceil(REQUESTS / OPERATIONS), seed: SEED, endOnFailure: true },
      );
    },
    30_000 + REQUESTS * 20,
  );

  it('leaves no operation of the document out', () => {
    expect(operations).toHaveLength(OPERATIONS);
  });

  /** What is wrong with an answer, by the document. */
  function judge(operation: Operation, { status, headers, text }: RawResponse): string[] {
    if (status >= 500) return ['is a fault of ours'];
    // A header or path beyond Node's limits never reaches us.
    if (status === 431) return [];
    const documented = operation.responses[status];
    if (!documented) return ['is not documented'];
    const [type, media] = Object.entries(documented.content ?? {})[0] ?? [];
    if (type === undefined) return text === '' ? [] : ['has a body'];
    if (!headers['content-type']?.toString().startsWith(type)) return [`is no ${type}`];
    const schema = JSON.parse(JSON.stringify(media?.schema).replaceAll('"#/', '"document#/'));
    return ajv.validate(schema, JSON.parse(text)) ? [] : [ajv.errorsText()];
  }
});
