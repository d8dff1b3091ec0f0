import { ValidateBy } from 'class-validator';

/** The form of Standard Webhooks 1.0.0: a prefix, then the key in base64. */
const PREFIX = 'whsec_';
const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;
/** The second one is for the time in which receivers change from one to the other. */
const MAX_SECRETS = 2;

/** Returns the keys of secrets that `IsSigningSecrets` accepts, none for undefined. */
export function signingKeys(secrets?: string): Buffer[] {
  return secrets?.split(' ').map(keyOf) ?? [];
}

/** Accepts one secret, or two separated by one blank. The message never contains a value. */
export function IsSigningSecrets(): PropertyDecorator {
  return ValidateBy({
    name: 'isSigningSecrets',
    validator: {
      validate: (value) => typeof value === 'string' && areSigningSecrets(value.split(' ')),
      defaultMessage: () =>
        `$property must be one secret, or two separated by one blank: ${PREFIX} and ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes in base64`,
    },
  });
}

function areSigningSecrets(secrets: string[]): boolean {
  return secrets.length <= MAX_SECRETS && secrets.every(isSigningSecret);
}

/** Node.js skips what is not base64, so the key must lead back to the same text. */
function isSigningSecret(secret: string): boolean {
  const key = keyOf(secret);
  const isComplete = secret === PREFIX + key.toString('base64');
  return isComplete && key.length >= MIN_KEY_BYTES && key.length <= MAX_KEY_BYTES;
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}
