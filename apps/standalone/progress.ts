/** Says what a start or a stop is doing, with the time that each step took. */
export class Progress {
  /** @param write receives text, not lines */
  constructor(private readonly write: (text: string) => void) {}

  /** Runs a step. `describe` returns its result in a few words. */
  async step<Result>(
    title: string,
    work: () => Promise<Result>,
    describe?: (result: Result) => string,
  ): Promise<Result> {
    const startedAt = performance.now();
    this.write(`  ${title}: `);
    let outcome: string | undefined = 'failed';
    try {
      const result = await work();
      outcome = describe?.(result);
      return result;
    } finally {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      this.write(`${outcome === undefined ? '' : `${outcome}, `}${seconds} s\n`);
    }
  }
}
