import { requestTarget } from './request-target.js';

describe('requestTarget', () => {
  it.each([
    ['/orders?limit=1', '/orders', 'limit=1'],
    ['/orders/?a=?b', '/orders/', 'a=?b'],
    ['/orders#access_token=x', '/orders', ''],
    ['/orders?a=1#access_token=x', '/orders', 'a=1'],
    ['?limit=1', '/', 'limit=1'],
    ['*', '*', ''],
    ['//a/b', '//a/b', ''],
  ])('of %s is the path %s and the query %s', (originalUrl, path, query) => {
    expect(requestTarget({ originalUrl })).toEqual({ path, query });
  });
});
