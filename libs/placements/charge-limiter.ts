const MAX_WAITING = 1_000;
/** One customer with many connections must leave slots, and places in line, to the others. */
const MAX_CONCURRENT_PER_CUSTOMER = 5;
const MAX_WAITING_PER_CUSTOMER = 100;
/** Long enough for a rush, short enough for the customers of a provider that hangs. */
const MAX_WAIT_MS = 2_000;

/** What one customer uses. */
interface Share {
  running: number;
  waiting: number;
}

interface Waiter {
  share: Share;
  start: () => void;
}

/** Why a charge gets no slot: none is free, or the customer uses all of theirs. */
export type SlotRefusal = 'no_slot' | 'share_used';

/** Limits the charges that run at once, in total and per customer. The others wait before anything is written or sent for them. */
export class ChargeLimiter {
  private running = 0;
  /** In the order of arrival. */
  private readonly waiting = new Set<Waiter>();
  /** By customer, of those who use one. */
  private readonly shares = new Map<string, Share>();

  /** @param maxConcurrent the number of charges that one application sends at once */
  constructor(private readonly maxConcurrent: number) {}

  /** How many charges run now. */
  get inUse(): number {
    return this.running;
  }

  /** How many charges wait for a slot. */
  get inLine(): number {
    return this.waiting.size;
  }

  /** How many customers use a slot or wait for one. */
  get customers(): number {
    return this.shares.size;
  }

  /**
   * Runs `work` once a slot is free. Returns why it did not run if none is free in time.
   * @param customerId counts the slot for this customer; if undefined, only the total limit applies
   */
  async run<Result>(work: () => Promise<Result>, customerId?: string): Promise<Result | SlotRefusal> {
    const share = this.shareOf(customerId);
    try {
      if (!(await this.acquire(share)))
        return share.running < MAX_CONCURRENT_PER_CUSTOMER ? 'no_slot' : 'share_used';
      try {
        return await work();
      } finally {
        this.release(share);
      }
    } finally {
      if (customerId !== undefined && share.running + share.waiting === 0) this.shares.delete(customerId);
    }
  }

  private shareOf(customerId?: string): Share {
    const share = (customerId !== undefined && this.shares.get(customerId)) || { running: 0, waiting: 0 };
    if (customerId !== undefined) this.shares.set(customerId, share);
    return share;
  }

  private async acquire(share: Share): Promise<boolean> {
    if (this.canStart(share)) {
      this.occupy(share);
      return true;
    }
    if (this.waiting.size >= MAX_WAITING || share.waiting >= MAX_WAITING_PER_CUSTOMER) return false;
    return new Promise((resolve) => {
      const leave = (hasSlot: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        share.waiting -= 1;
        resolve(hasSlot);
      };
      const timer = setTimeout(() => leave(false), MAX_WAIT_MS);
      const waiter = { share, start: () => leave(true) };
      this.waiting.add(waiter);
      share.waiting += 1;
    });
  }

  private canStart(share: Share): boolean {
    return this.running < this.maxConcurrent && share.running < MAX_CONCURRENT_PER_CUSTOMER;
  }

  private occupy(share: Share): void {
    this.running += 1;
    share.running += 1;
  }

  /** Passes the slot to the first in line whose share allows it. */
  private release(share: Share): void {
    this.running -= 1;
    share.running -= 1;
    for (const waiter of this.waiting) {
      if (!this.canStart(waiter.share)) continue;
      this.occupy(waiter.share);
      waiter.start();
      return;
    }
  }
}
