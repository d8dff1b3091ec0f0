import { hash, needsRehash as hasOtherParameters, verify } from 'argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane (cheatsheetseries.owasp.org, Password Storage). */
const OWASP_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

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

/** Returns whether the password matches the hash. Without a hash it takes as long and returns false. */
export async function isCorrectPassword(hashed: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(hashed ?? (await dummyHash), normalize(password));
  return hashed !== undefined && matches;
}

/** Keyboards send the same letters composed or decomposed; form C makes them one password (RFC 8265, 4.2.2). */
function normalize(password: string): string {
  return password.normalize('NFC');
}
