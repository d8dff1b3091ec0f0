import { hash, needsRehash as isWeakerThan, verify } from 'argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane (cheatsheetseries.owasp.org, Password Storage). */
const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password nobody has: an unknown e-mail costs the same time as a wrong password. */
const dummyHash = hash(crypto.randomUUID(), OWASP);

/** Answers the password's Argon2id hash in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OWASP);
}

/** Whether a hash was made with weaker parameters than today's. */
export function needsRehash(hashed: string): boolean {
  return isWeakerThan(hashed, OWASP);
}

/** Whether the password fits; where there is no hash to compare with, it takes as long and answers false. */
export async function isCorrectPassword(hashed: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(hashed ?? (await dummyHash), password);
  return hashed !== undefined && fits;
}
