import { hashOf, newSecretToken } from './secret-token.js';

describe('newSecretToken', () => {
  it('returns 256 bits, other ones each time', () => {
    const tokens = Array.from({ length: 100 }, newSecretToken);

    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});

describe('hashOf', () => {
  it('returns the SHA-256 of a token', () => {
    expect(hashOf('').toString('hex')).toMatch(/^e3b0c44298fc1c149afbf4c8996fb924/);
  });
});
