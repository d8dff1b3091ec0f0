import { memberLocation } from './resource.interceptor.js';

describe('memberLocation', () => {
  it.each([
    ['/api/v1/orders', 'orders/7'],
    ['/api/v1/orders/', '7'],
    ['/orders', 'orders/7'],
  ])('is for %s relative to it: %s', (path, location) => {
    expect(memberLocation(path, '7')).toBe(location);
  });

  it.each(['', '/', '?x'])('leads from http://a/coffee/api/v1/orders%s to its member', (suffix) => {
    const url = new URL(`http://a/coffee/api/v1/orders${suffix}`);

    const location = memberLocation(url.pathname, '7');

    expect(new URL(location, url).href).toBe('http://a/coffee/api/v1/orders/7');
  });
});
