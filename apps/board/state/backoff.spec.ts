import { delayAfter } from './backoff.js';

it('The next attempt to connect comes after 1, 2, 4, then every 5 seconds', () => {
  expect([1, 2, 3, 4, 5, 100].map(delayAfter)).toEqual([1000, 2000, 4000, 5000, 5000, 5000]);
});
