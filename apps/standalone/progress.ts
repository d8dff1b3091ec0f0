/** Says what a start or a stop is doing, with the time that each step took. */
export class Progress {
  /** @param write receives text, not lines */
  constructor(private readonly write: (text: string) => void) {}

  /** Runs a step. `describe` says what it brought. */
  async step<Result>(
    title: string,
    work: () => Promise<Result>,
    describe: (result: Result) => string = () => '',
  ): Promise<Result> {
    const startedAt = performance.now();
    this.write(`  ${title}: `);
    let outcome = 'failed, ';
    try {
      const result = await work();
      outcome = describe(result);
      return result;
    } finally {
      this.write(`${outcome}${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    }
  }
}
