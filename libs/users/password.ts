import { hash, needsRehash as hasOtherParameters, verify } from 'argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane (cheatsheetseries.owasp.org, Password Storage). */
const OWASP_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The library calls a hash of another algorithm merely wrong. */
const ARGON2 = /^\$argon2(id|i|d)\$/;

/** The hash of a random password. Verifying against it makes an unknown e-mail as slow as a wrong password. */
const dummyHash = hash(crypto.randomUUID(), OWASP_PARAMETERS);

/** Returns the password's Argon2id hash in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), OWASP_PARAMETERS);
}

/** Returns whether a hash was made with other parameters than today's. */
export function needsRehash(hashed: string): boolean {
  return hasOtherParameters(hashed, OWASP_PARAMETERS);
}

export type PasswordCheck = 'correct' | 'wrong' | 'unreadable_hash';

/** Compares a password with a stored hash. Takes as long, and is never correct, without a hash or with one that is not Argon2's. */
export async function checkPassword(hashed: string | undefined, password: string): Promise<PasswordCheck> {
  const normalized = normalize(password);
  const matches = hashed && ARGON2.test(hashed) ? await verify(hashed, normalized).catch(() => null) : null;
  if (matches !== null) return matches ? 'correct' : 'wrong';
  await verify(await dummyHash, normalized);
  return hashed === undefined ? 'wrong' : 'unreadable_hash';
}

/** Keyboards send the same letters composed or decomposed; form C makes them one password (RFC 8265, 4.2.2). */
function normalize(password: string): string {
  return password.normalize('NFC');
}
