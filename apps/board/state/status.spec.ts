import { mayCancel } from './status.js';

describe('An open order', () => {
  it.each([
    ['barista', 'waiting', true],
    ['barista', 'preparation', false],
    ['barista', 'ready', false],
    ['manager', 'waiting', true],
    ['manager', 'preparation', true],
    ['manager', 'ready', true],
  ] as const)('for a %s, %s: may be cancelled: %s', (role, status, may) => {
    expect(mayCancel(role, status)).toBe(may);
  });
});
