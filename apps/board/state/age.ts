/** The ages of an order, the oldest first, each with its first minute. The sign and the word do not depend on colour. */
const LEVELS = [
  { level: 'late', fromMinutes: 10, sign: '▲', word: 'late' },
  { level: 'slow', fromMinutes: 5, sign: '◆', word: 'due' },
  { level: 'fresh', fromMinutes: 0, sign: '●', word: 'on time' },
] as const;

export type Age = { minutes: number } & (typeof LEVELS)[number];

/** @param now in ms since the epoch */
export function ageOf(createdAt: string, now: number): Age {
  const minutes = Math.max(0, Math.floor((now - Date.parse(createdAt)) / 60_000));
  const level = LEVELS.find(({ fromMinutes }) => minutes >= fromMinutes) ?? LEVELS[2];
  return { minutes, ...level };
}
