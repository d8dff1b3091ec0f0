/** The API refused; the message is its sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** No answer came. Whether the API did what was asked is not known. */
export class Unreachable extends Error {
  constructor() {
    super('The shop cannot be reached. Check the board before you try again.');
  }
}

/** The session ended: the password is needed again. */
export class LoginExpired extends Error {
  constructor() {
    super('The login has ended. Log in and try again.');
  }
}

/** Returns what a response refuses with: the sentence of its problem details, if it has them. */
export async function refusalOf(response: Response): Promise<Refused> {
  const problem: unknown = await response.json().catch(() => undefined);
  return new Refused(response.status, detailOf(problem) ?? `The shop answered with ${response.status}.`);
}

export function detailOf(problem: unknown): string | undefined {
  if (typeof problem !== 'object' || problem === null || !('detail' in problem)) return undefined;
  return typeof problem.detail === 'string' ? problem.detail : undefined;
}

/** Returns the sentence of an error for the person at the counter. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
