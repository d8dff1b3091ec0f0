import { approve, type PaymentBehaviour } from './payment-stub.js';

/** A provider that delays each charge and counts how many are open at once. */
export class SlowProvider {
  maxConcurrent = 0;
  private concurrent = 0;

  constructor(private readonly delayMs: number) {}

  readonly behaviour: PaymentBehaviour = (exchange) => {
    this.maxConcurrent = Math.max(this.maxConcurrent, (this.concurrent += 1));
    setTimeout(() => {
      this.concurrent -= 1;
      approve(exchange);
    }, this.delayMs);
  };
}
