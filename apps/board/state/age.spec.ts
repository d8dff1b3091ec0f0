import { ageOf } from './age.js';

const AT = Date.parse('2026-11-25T08:00:00Z');

describe('The age of an order', () => {
  it.each([
    [0, 'fresh'],
    [4.99, 'fresh'],
    [5, 'slow'],
    [9.99, 'slow'],
    [10, 'late'],
    [1000, 'late'],
  ])('after %d minutes is %s', (minutes, level) => {
    const age = ageOf('2026-11-25T08:00:00Z', AT + minutes * 60_000);

    expect(age).toMatchObject({ level, minutes: Math.floor(minutes) });
  });

  it('is never negative', () => {
    expect(ageOf('2026-11-25T08:00:00Z', AT - 90_000)).toMatchObject({ level: 'fresh', minutes: 0 });
  });

  it('has another sign and another word at each level', () => {
    const ages = [0, 5, 10].map((minutes) => ageOf('2026-11-25T08:00:00Z', AT + minutes * 60_000));

    expect(new Set(ages.map(({ sign }) => sign)).size).toBe(3);
    expect(new Set(ages.map(({ word }) => word)).size).toBe(3);
  });
});
