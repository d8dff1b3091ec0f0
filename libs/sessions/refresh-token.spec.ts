import { createHmac } from 'node:crypto';
import { hashOf, newRefreshToken, SuccessorKeys } from './refresh-token.js';

const [NEW, OLD] = ['the new secret', 'the old secret'];

describe('newRefreshToken', () => {
  it('returns 256 bits, other ones each time', () => {
    const tokens = Array.from({ length: 100 }, newRefreshToken);

    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});

describe('hashOf', () => {
  it('returns the SHA-256 of a token', () => {
    expect(hashOf('').toString('hex')).toMatch(/^e3b0c44298fc1c149afbf4c8996fb924/);
  });
});

describe('SuccessorKeys', () => {
  const token = newRefreshToken();
  const keys = new SuccessorKeys(NEW, [OLD]);

  it('derives the same successor in every process', () => {
    expect(new SuccessorKeys(NEW, []).successorOf(token)).toBe(keys.successorOf(token));
  });

  it('derives another successor for another token', () => {
    expect(keys.successorOf(newRefreshToken())).not.toBe(keys.successorOf(token));
  });

  it('cannot be derived with the secret itself', () => {
    const guess = createHmac('sha256', NEW).update(token).digest('base64url');

    expect(keys.successorOf(token)).not.toBe(guess);
  });

  it('has the successors by the old secrets as candidates', () => {
    const old = new SuccessorKeys(OLD, []);

    expect(keys.candidatesOf(token)).toEqual([keys.successorOf(token), old.successorOf(token)]);
  });
});
