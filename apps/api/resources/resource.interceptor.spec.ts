import { memberLocation } from './resource.interceptor.js';

describe('memberLocation', () => {
  it.each([
    ['/api/v1/orders', 'orders/7'],
    ['/api/v1/orders/', '7'],
    ['/api/v1/orders?a=/b', 'orders/7'],
    ['/api/v1/orders/?a=/b', '7'],
    ['/orders', 'orders/7'],
    ['http://shop.example/api/v1/orders', 'orders/7'],
  ])('is for %s relative to it: %s', (url, location) => {
    expect(memberLocation(url, '7')).toBe(location);
  });

  it.each([
    'http://a/coffee/api/v1/orders',
    'http://a/coffee/api/v1/orders/',
    'http://a/coffee/api/v1/orders?x',
  ])('leads from %s to its member', (url) => {
    expect(new URL(memberLocation(url, '7'), url).href).toBe('http://a/coffee/api/v1/orders/7');
  });
});
