/** Returns a list in Markdown of what the states mean. */
export function describeStates<State extends string>(
  meanings: Readonly<Record<State, string>>,
  states: readonly State[],
): string {
  return states.map((state) => `- \`${state}\`: ${meanings[state]}`).join('\n');
}
