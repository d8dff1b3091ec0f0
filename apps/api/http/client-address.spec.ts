import { normalizeAddress } from './client-address.js';

describe('normalizeAddress', () => {
  it.each([
    '203.0.113.10',
    ' 203.0.113.10 ',
    '203.0.113.10:50001',
    '203.0.113.10:',
    '[203.0.113.10]:80',
    '::ffff:203.0.113.10',
    '::FFFF:203.0.113.10',
    '::ffff:cb00:710a',
    '0:0:0:0:0:ffff:cb00:710a',
    '0000:0000:0000:0000:0000:ffff:203.0.113.10',
    '[::ffff:203.0.113.10]:50001',
    '[::ffff:cb00:710a]',
    '::ffff:203.0.113.10:50001',
    '::ffff:203.0.113.10%eth0',
  ])('returns 203.0.113.10 for "%s"', (text) => {
    expect(normalizeAddress(text)).toBe('203.0.113.10');
  });

  it.each([
    '2001:db8:1:2::',
    '2001:db8:1:2::1',
    '2001:DB8:1:2:ffff:ffff:ffff:ffff',
    '2001:0db8:0001:0002:0000:0000:0000:0001',
    '[2001:db8:1:2::1]',
    '[2001:db8:1:2::1]:443',
    '2001:db8:1:2::1%en0',
    '[2001:db8:1:2::1%25en0]:443',
    '2001:db8:1:2::203.0.113.10',
  ])('returns 2001:db8:1:2::/64 for "%s"', (text) => {
    expect(normalizeAddress(text)).toBe('2001:db8:1:2::/64');
  });

  it('tells neighbouring blocks apart', () => {
    expect(normalizeAddress('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  });

  it.each([
    undefined,
    '',
    'unknown',
    '_hidden',
    'localhost',
    'unix:',
    '203.0.113',
    '203.0.113.256',
    '0xcb00710a',
    '3405803786',
    '203.0.113.010',
    '203.0.113.10:port',
    '203.0.113.10, 203.0.113.11',
    '2001:db8::1::2',
    '[2001:db8::1',
    ':::',
    '%eth0',
  ])('returns undefined for "%s"', (text) => {
    expect(normalizeAddress(text)).toBeUndefined();
  });
});
