import { isUUID } from 'class-validator';
import { newId } from './new-id.js';

describe('newId', () => {
  it('returns a UUID of version 7', () => {
    expect(isUUID(newId(), 7)).toBe(true);
  });

  it('starts with the time in ms, so that ids sort by time', () => {
    const before = Date.now();
    const id = newId();

    const milliseconds = parseInt(id.slice(0, 13).replace('-', ''), 16);
    expect(milliseconds).toBeGreaterThanOrEqual(before);
    expect(milliseconds).toBeLessThanOrEqual(Date.now());
  });

  it('returns different ids within one millisecond', () => {
    expect(new Set(Array.from({ length: 10_000 }, newId)).size).toBe(10_000);
  });
});
