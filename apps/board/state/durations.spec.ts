import { endOf, minutesOf } from './durations.js';

describe('A duration', () => {
  it('is in minutes', () => {
    expect(minutesOf('240')).toBe(240);
  });

  it('has no minutes if it is open', () => {
    expect(minutesOf('open')).toBeUndefined();
  });

  it('ends so many minutes from now', () => {
    expect(endOf('60', Date.parse('2026-11-25T08:00:00Z'))).toBe('2026-11-25T09:00:00.000Z');
    expect(endOf('open', 0)).toBeUndefined();
  });
});
