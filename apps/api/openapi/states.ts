/** Returns a list in Markdown of states and what each of them means. */
export function describeStates(meanings: Readonly<Record<string, string>>): string {
  return Object.entries(meanings)
    .map(([state, meaning]) => `- \`${state}\`: ${meaning}`)
    .join('\n');
}
