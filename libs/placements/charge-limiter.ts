import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { PaymentUnavailable } from './placements.errors.js';

/** As many as the provider is asked to bear of one process at once. */
const AT_ONCE = 50;
/** Each that waits is an open request, no more. */
const IN_LINE = 1_000;
/** So that a crowd is served, while customers of a provider that hangs soon learn that they must come back. */
const PATIENCE_MS = 2_000;

/** Lets placements through to begin and charge, so many at once, and the others in their turn. Who waits has nothing written and nothing sent. */
export class ChargeLimiter {
  private readonly line = bulkhead(AT_ONCE, IN_LINE);

  /** @throws PaymentUnavailable where the turn does not come in time */
  pass<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.line.executionSlots > 0 ? this.line.execute(work) : this.wait(work);
  }

  private async wait<Result>(work: () => Promise<Result>): Promise<Result> {
    let hasLeft = false;
    let leaving: NodeJS.Timeout | undefined;
    const leave = new Promise<never>((_, reject) => {
      leaving = setTimeout(() => {
        hasLeft = true;
        reject(new PaymentUnavailable());
      }, PATIENCE_MS);
    });
    const turn = this.line.execute(() => {
      clearTimeout(leaving);
      if (hasLeft) throw new PaymentUnavailable();
      return work();
    });
    try {
      return await Promise.race([turn, leave]);
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new PaymentUnavailable() : error;
    } finally {
      clearTimeout(leaving);
    }
  }
}
