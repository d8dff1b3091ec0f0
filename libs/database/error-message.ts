import { isNativeError } from 'node:util/types';

/** Returns what to log of an error. Node.js tries each address of a name, and its error then has a message for each only. */
export function messageOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  if (error.message === '' && 'errors' in error && Array.isArray(error.errors))
    return error.errors.map(messageOf).join(', ');
  return error.message;
}
