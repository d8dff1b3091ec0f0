import type { IncomingMessage } from 'node:http';

/** Every line of a header, in their order: Node joins repeated ones into one value, or keeps the first alone. */
export function headerLines({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
