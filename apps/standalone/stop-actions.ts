/** What stops the parts of a program. A part that does not stop must not keep the others running. */
export class StopActions {
  private readonly actions: (() => Promise<void>)[] = [];

  add(action: () => Promise<void>): void {
    this.actions.push(action);
  }

  /** Runs each action once, the last one first. Throws the first failure after all have run. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const action of this.actions.splice(0).reverse())
      await action().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
