import { ValidateBy } from 'class-validator';

/** Signs tokens if JWT_SECRET_KEY is not set. Publicly known, so production refuses it. */
export const DEVELOPMENT_JWT_SECRET = 'development-only-secret-do-not-use-in-production';

/** The shortest accepted secret: 256 bits if each character is a byte, as HS256 requires (RFC 7518, section 3.2). */
const MIN_SECRET_LENGTH = 32;
const MAX_TEXT_LENGTH = 4096;
/** Fewer than one in ten million random keys of 32 hexadecimal digits has fewer distinct ones. */
const MIN_DISTINCT_CHARACTERS = 8;

/**
 * Accepts one secret, or the current one followed by old ones, separated by blanks or commas. A passphrase of short words is one secret.
 * The message never contains a value.
 */
export function IsJwtSecrets(): PropertyDecorator {
  return ValidateBy({
    name: 'isJwtSecrets',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        value.length >= MIN_SECRET_LENGTH &&
        value.length <= MAX_TEXT_LENGTH &&
        (partsOf(value).every(isLong) || !partsOf(value).some(isLong)),
      defaultMessage: () =>
        `$property must have ${MIN_SECRET_LENGTH} to ${MAX_TEXT_LENGTH} characters, and so must each of several secrets`,
    },
  });
}

/** Returns the secrets of a text that `IsJwtSecrets` accepts, the current one first. */
export function jwtSecrets(text: string): { secret: string; oldSecrets: string[] } {
  const parts = partsOf(text);
  const [secret = text, ...oldSecrets] = parts.every(isLong) ? parts : [text];
  return { secret, oldSecrets };
}

function partsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function isLong({ length }: string): boolean {
  return length >= MIN_SECRET_LENGTH;
}

/** Returns whether somebody could guess one of the secrets. */
export function hasWeakSecret(text: string): boolean {
  const { secret, oldSecrets } = jwtSecrets(text);
  return [secret, ...oldSecrets].some(isWeak);
}

/**
 * Returns whether somebody could guess a secret: it contains the development's, repeats itself, is too short or has few distinct
 * characters. White space and case do not make it another secret.
 */
function isWeak(secret: string): boolean {
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
