/** Returns whether a text of the form `YYYY-MM-DD` is a day of the calendar. `Date` reads the 30th of February as a day in March. */
export function isRealDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
