import { changesOf } from './document-changes.js';
import type { Changes } from './schema-changes.js';
import { ID, MILK, smallDocument, type SmallDocument } from './small-document.js';

describe('changesOf', () => {
  /** Returns what is found after a change of a document with one operation. */
  function changesAfter(change: (document: SmallDocument) => void): Changes {
    const changed = smallDocument();
    change(changed);
    return changesOf(smallDocument(), changed);
  }

  it('finds nothing in the same document', () => {
    expect(changesAfter(() => undefined)).toEqual({ breaking: [], notes: [] });
  });

  it.each<[string, string, Parameters<typeof changesAfter>[0]]>([
    ['a removed operation', 'POST /orders: removed', ({ paths }) => delete paths['/orders'].post],
    [
      'a renamed operation',
      'POST /orders: now called buy',
      ({ paths }) => (paths['/orders'].post!.operationId = 'buy'),
    ],
    [
      'a new login',
      'POST /orders: needs a login now',
      ({ paths }) => paths['/orders'].post!.security.push({ bearer: [] }),
    ],
    [
      'a login that is no longer accepted',
      'PUT /orders: no longer takes bearer',
      ({ paths }) => paths['/orders'].put!.security.pop(),
    ],
    [
      'a removed parameter',
      'POST /orders query limit: removed',
      ({ paths }) => paths['/orders'].post!.parameters.pop(),
    ],
    [
      'a lower maximum',
      'POST /orders query limit: maximum fell',
      ({ paths }) => (paths['/orders'].post!.parameters[0]!.schema.maximum = 50),
    ],
    [
      'a required parameter',
      'POST /orders query limit: now required',
      ({ paths }) => (paths['/orders'].post!.parameters[0]!.required = true),
    ],
    [
      'a required body',
      'POST /orders body: now required',
      ({ paths }) => (paths['/orders'].post!.requestBody.required = true),
    ],
    [
      'a required member of a body',
      'POST /orders body.size: now required',
      ({ components }) => components.schemas.Order.required.push('size'),
    ],
    [
      'a removed member of a body',
      'POST /orders body.size: removed',
      ({ components }) => delete components.schemas.Order.properties.size,
    ],
    [
      'a value that is no longer valid',
      'POST /orders body.size: large no longer valid',
      ({ components }) => components.schemas.Size.enum.pop(),
    ],
    [
      'a body that takes no other members',
      'POST /orders body: takes no other members now',
      ({ components }) => Object.assign(components.schemas.Order, { additionalProperties: false }),
    ],
    [
      'a variant of a body that is gone',
      'POST /orders body.milk|1: no longer valid',
      ({ components }) => (components.schemas.Order.properties.milk = { oneOf: [{ type: 'string' }] }),
    ],
    [
      'another variant in a response',
      'POST /orders 201.milk|2: new',
      ({ components }) =>
        (components.schemas.Ordered.properties.milk = { oneOf: [...MILK.oneOf, { type: 'integer' }] }),
    ],
    [
      'a pattern that a response no longer has',
      'POST /orders 201.id: pattern ^o became undefined',
      ({ components }) => (components.schemas.Ordered.properties.id = { type: 'string' }),
    ],
    [
      'another type in a response',
      'POST /orders 201.id: type string became integer',
      ({ components }) => (components.schemas.Ordered.properties.id = { type: 'integer' }),
    ],
    [
      'a removed member of a response',
      'POST /orders 201.id: removed',
      ({ components }) => delete components.schemas.Ordered.properties.id,
    ],
    [
      'a member that can be absent now',
      'POST /orders 201.id: no longer always there',
      ({ components }) => components.schemas.Ordered.required.pop(),
    ],
    [
      'a member that can be null now',
      'POST /orders 201.id: now nullable',
      ({ components }) => (components.schemas.Ordered.properties.id = { ...ID, nullable: true }),
    ],
    [
      'a removed status',
      'POST /orders 409: removed',
      ({ paths }) => delete paths['/orders'].post!.responses[409],
    ],
    [
      'a removed header',
      'POST /orders 201 ETag: removed',
      ({ paths }) => delete paths['/orders'].post!.responses[201]!.headers!.ETag,
    ],
  ])('refuses %s', (_, message, change) => {
    expect(changesAfter(change).breaking).toContain(message);
  });

  it('refuses a schema with another name', () => {
    const renamed = smallDocument();
    const { Size: size, ...schemas } = renamed.components.schemas;
    const current = {
      ...renamed,
      components: { ...renamed.components, schemas: { ...schemas, Volume: size } },
    };

    expect(changesOf(smallDocument(), current).breaking).toContain('schema Size: removed');
  });

  it('notes a new code of a problem, and a new status', () => {
    const { breaking, notes } = changesAfter(({ paths }) => {
      const { responses } = paths['/orders'].post!;
      responses[409]!.content['application/problem+json']!.schema.enum!.push('closed');
      responses[429] = { description: '', content: {} };
    });

    expect(breaking).toEqual([]);
    expect(notes).toEqual(['POST /orders 409: also closed', 'POST /orders 429: new']);
  });

  it('finds nothing in what clients need not know', () => {
    const { breaking, notes } = changesAfter(({ components }) => {
      components.schemas.Ordered.properties.number = { type: 'integer' };
      components.schemas.Order.properties.note = { type: 'string' };
      components.schemas.Order.required.pop();
      components.schemas.Size.enum.push('huge');
      components.schemas.Ordered.properties.id = { type: 'string', pattern: '^o', format: 'uuid' };
      components.schemas.Ordered.properties.milk = { oneOf: MILK.oneOf.slice(0, 1) };
    });

    expect({ breaking, notes }).toEqual({ breaking: [], notes: [] });
  });
});
