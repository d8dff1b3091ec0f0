import { createHmac } from 'node:crypto';
import { SuccessorKeys } from './refresh-token.js';
import { newSecretToken } from './secret-token.js';

const [NEW, OLD] = ['the new secret', 'the old secret'];

describe('SuccessorKeys', () => {
  const token = newSecretToken();
  const keys = new SuccessorKeys(NEW, [OLD]);

  it('derives the same successor in every process', () => {
    expect(new SuccessorKeys(NEW, []).successorOf(token)).toBe(keys.successorOf(token));
  });

  it('derives another successor for another token', () => {
    expect(keys.successorOf(newSecretToken())).not.toBe(keys.successorOf(token));
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
