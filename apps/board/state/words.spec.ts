import {
  availabilityWords,
  callNumber,
  lineName,
  newOrdersWords,
  orderName,
  shopWords,
  timeIn,
} from './words.js';

const ORDER = { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7', number: 42, pickup_name: 'Ada' };
const SHOP = {
  reason: null,
  opens_at: null,
  closes_at: null,
  paused_until: null,
  time_zone: 'Europe/Berlin',
};
const VANILLA = { name: 'Vanilla', sold_out: false, sold_out_until: null };
const LATTE = { ...VANILLA, name: 'Latte' };
const IN_A_WEEK = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString();

describe('The words of the board', () => {
  it('call an order by its number', () => {
    expect(callNumber(ORDER)).toBe('42');
  });

  it('call an order without a number by the start of its id', () => {
    expect(callNumber({ ...ORDER, number: null })).toBe('7c9e');
  });

  it('name an order with and without a name', () => {
    expect(orderName(ORDER)).toBe('order 42, Ada');
    expect(orderName({ ...ORDER, pickup_name: null })).toBe('order 42');
  });

  it('count new orders', () => {
    expect([1, 2].map(newOrdersWords)).toEqual(['Show new order', 'Show 2 new orders']);
  });

  it('name a line with and without a variation', () => {
    expect(lineName({ product_name: 'Latte', variation_name: 'Vanilla' })).toBe('Latte, Vanilla');
    expect(lineName({ product_name: 'Water', variation_name: null })).toBe('Water');
  });

  it.each([
    [SHOP, /^Open$/],
    [{ ...SHOP, closes_at: IN_A_WEEK }, /^Open until \w{3} \d\d:\d\d$/],
    [{ ...SHOP, reason: 'closed' as const }, /^Closed$/],
    [{ ...SHOP, reason: 'closed' as const, opens_at: IN_A_WEEK }, /^Closed until /],
    [{ ...SHOP, reason: 'paused' as const }, /^Paused$/],
    [{ ...SHOP, reason: 'paused' as const, paused_until: IN_A_WEEK }, /^Paused until /],
    [{ ...SHOP, reason: 'busy' as const }, /^Busy/],
  ])('say whether the shop is open', (shop, words) => {
    expect(shopWords(shop)).toMatch(words);
  });

  it.each([
    [VANILLA, LATTE, /^Available$/],
    [{ ...VANILLA, sold_out: true }, LATTE, /^Sold out$/],
    [{ ...VANILLA, sold_out: true, sold_out_until: IN_A_WEEK }, LATTE, /^Sold out until /],
    [VANILLA, { ...LATTE, sold_out: true }, /^Sold out with Latte$/],
    [{ ...LATTE, sold_out: true }, undefined, /^Sold out$/],
  ])('say whether something is sold out', (item, of, words) => {
    expect(availabilityWords('Europe/Berlin', item, of)).toMatch(words);
  });

  it('give times in the zone of the shop, with the weekday unless they are within a day', () => {
    const now = Date.parse('2026-11-25T08:00:00Z');

    expect(timeIn('Europe/Berlin', '2026-11-25T18:30:00Z', now)).toBe('19:30');
    expect(timeIn('Europe/Berlin', '2026-11-27T06:00:00Z', now)).toBe('Fri 07:00');
  });
});
