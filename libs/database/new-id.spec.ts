import { isUUID } from 'class-validator';
import { newId } from './new-id.js';

describe('the id of a new row', () => {
  it('is a UUID of version 7', () => {
    expect(isUUID(newId(), 7)).toBe(true);
  });

  it('begins with its time, so that later rows come after earlier ones', () => {
    const before = Date.now();
    const id = newId();

    const milliseconds = parseInt(id.slice(0, 13).replace('-', ''), 16);
    expect(milliseconds).toBeGreaterThanOrEqual(before);
    expect(milliseconds).toBeLessThanOrEqual(Date.now());
  });

  it('is another each time, also within a millisecond', () => {
    expect(new Set(Array.from({ length: 10_000 }, newId)).size).toBe(10_000);
  });
});
