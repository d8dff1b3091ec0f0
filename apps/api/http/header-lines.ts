import type { IncomingMessage } from 'node:http';

/** Returns every line of a header, in order. Node's `headers` joins repeated lines or keeps only the first. */
export function headerLines({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
