/** Signs tokens if JWT_SECRET_KEY is not set. Publicly known, so production refuses it. */
export const DEVELOPMENT_JWT_SECRET = 'development-only-secret-do-not-use-in-production';

/** The shortest accepted secret: 256 bits if each character is a byte, as HS256 requires (RFC 7518, section 3.2). */
export const MIN_SECRET_LENGTH = 32;
/** Fewer than one in ten million random keys of 32 hexadecimal digits has fewer distinct ones. */
const MIN_DISTINCT_CHARACTERS = 8;

/**
 * Returns whether somebody could guess a secret: it contains the development's, repeats itself, is too short or has few distinct
 * characters. White space and case do not make it another secret.
 */
export function isWeakSecret(secret: string): boolean {
  const essence = secret.toLowerCase().replaceAll(/\s+/g, ' ').trim();
  return (
    essence.length < MIN_SECRET_LENGTH ||
    new Set(essence).size < MIN_DISTINCT_CHARACTERS ||
    isRepetitive(essence) ||
    withoutPunctuation(essence).includes(withoutPunctuation(DEVELOPMENT_JWT_SECRET))
  );
}

/** Returns whether the text is one part that is repeated, the last time perhaps in part. */
function isRepetitive(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.startsWith(text.slice(length))) return true;
  }
  return false;
}

function withoutPunctuation(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
