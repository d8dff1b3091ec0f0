import { delayAfter } from './backoff.js';

it('The next attempt to connect comes after 1, 2, then every 3 seconds', () => {
  expect([1, 2, 3, 4, 100].map(delayAfter)).toEqual([1000, 2000, 3000, 3000, 3000]);
});
