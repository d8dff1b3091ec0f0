import { withPublicNames } from './names.js';

function documentOf(paths: object, schemas: object): Parameters<typeof withPublicNames>[0] {
  return {
    openapi: '3.0.0',
    info: { title: '', version: '' },
    paths: { ...paths },
    components: { schemas: { ...schemas } },
  };
}

describe('withPublicNames', () => {
  it('drops the suffix of a schema, also where it is referred to', () => {
    const menu = { type: 'array', items: { $ref: '#/components/schemas/ProductDto' } };
    const { components } = withPublicNames(documentOf({}, { MenuDto: menu, ProductDto: { type: 'object' } }));

    expect(components?.schemas).toMatchObject({
      Menu: { type: 'array', items: { $ref: '#/components/schemas/Product' } },
      Product: { type: 'object' },
    });
  });

  it('makes one schema of a list of values', () => {
    const role = { type: 'string', enum: ['customer', 'barista', 'manager'] };
    const properties = { plain: role, described: { ...role, description: 'The role' } };
    const { components } = withPublicNames(documentOf({}, { UserDto: { type: 'object', properties } }));

    const $ref = '#/components/schemas/Role';
    expect(components?.schemas?.Role).toEqual(role);
    expect(components?.schemas?.User).toEqual({
      type: 'object',
      properties: { plain: { $ref }, described: { description: 'The role', allOf: [{ $ref }] } },
    });
  });

  it('makes one schema of a list that contains null', () => {
    const reason = { type: 'string', enum: ['closed', 'paused', 'busy', null], nullable: true };
    const { components } = withPublicNames(
      documentOf({}, { ShopDto: { type: 'object', properties: { reason } } }),
    );

    expect(components?.schemas?.NotOpenReason).toEqual(reason);
    expect(components?.schemas?.Shop).toMatchObject({
      properties: { reason: { $ref: '#/components/schemas/NotOpenReason' } },
    });
  });

  it('leaves the document of its caller as it was', () => {
    const original = documentOf({}, { MenuDto: { type: 'object' } });
    withPublicNames(original);

    expect(original).toEqual(documentOf({}, { MenuDto: { type: 'object' } }));
  });

  it('refuses two schemas of one name', () => {
    expect(() => withPublicNames(documentOf({}, { RoleDto: {} }))).toThrow('names two things Role');
  });

  it('refuses two operations of one name', () => {
    const operation = { operationId: 'getOrder', responses: {} };
    const paths = { '/one': { get: operation }, '/other': { get: operation } };

    expect(() => withPublicNames(documentOf(paths, {}))).toThrow('names two things getOrder');
  });
});
