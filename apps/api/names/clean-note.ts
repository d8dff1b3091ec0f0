import { cleanName } from './clean-name.js';

/** Returns the text with LF as its only line break, each line cleaned like a name, and without empty lines at the ends. */
export function cleanNote(text: string): string {
  const lines = text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => cleanName(line));
  const isFilled = (line: string): boolean => line !== '';
  return lines.slice(lines.findIndex(isFilled), lines.findLastIndex(isFilled) + 1).join('\n');
}
