import type { IncomingMessage } from 'node:http';

/** Returns every line of a header, in order. Node's `headers` joins repeated lines or keeps only the first. */
export function headerLines({ rawHeaders }: IncomingMessage, name: string): string[] {
  const lines: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const field = rawHeaders[index];
    if (field?.length === name.length && field.toLowerCase() === name)
      lines.push(rawHeaders[index + 1] ?? '');
  }
  return lines;
}
