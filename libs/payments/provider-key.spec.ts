import { createHash } from 'node:crypto';
import { deriveProviderKey, providerKeyOf } from './provider-key.js';

const ANA = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const BEN = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c';
const NOON = new Date('2026-03-10T12:00:00Z');

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

describe('deriveProviderKey', () => {
  const request = { userId: ANA, hash: sha256('key'), fingerprint: sha256('two lattes') };

  it('returns the same key in every version of the program', () => {
    expect(deriveProviderKey(request, NOON)).toBe('97c6af2b-4a87-888d-8923-0189289c8674');
  });

  it('returns the same key from the first to the last millisecond of a UTC day', () => {
    const [first, last] = [new Date('2026-03-10T00:00:00.000Z'), new Date('2026-03-10T23:59:59.999Z')];

    expect(deriveProviderKey(request, first)).toBe(deriveProviderKey(request, last));
  });

  it.each([
    ['customer', { ...request, userId: BEN }, NOON],
    ["client's key", { ...request, hash: sha256('other') }, NOON],
    ['request', { ...request, fingerprint: sha256('one latte') }, NOON],
    ['UTC day', request, new Date('2026-03-11T00:00:00Z')],
    ['order of its parts', { ...request, hash: request.fingerprint, fingerprint: request.hash }, NOON],
  ])('returns another key for another %s', (_, other, now) => {
    expect(deriveProviderKey(other, now)).not.toBe(deriveProviderKey(request, NOON));
  });

  it('returns a UUID of version 8 for any input', () => {
    for (let count = 0; count < 100; count += 1)
      expect(deriveProviderKey({ ...request, hash: sha256(String(count)) }, NOON)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
  });
});

describe('providerKeyOf', () => {
  it('returns the stored key', () => {
    expect(providerKeyOf({ id: ANA, providerKey: BEN })).toBe(BEN);
  });

  it('returns the id of a placement without a stored key', () => {
    expect(providerKeyOf({ id: ANA, providerKey: null })).toBe(ANA);
  });
});
