import { approve, type PaymentBehaviour } from './payment-stub.js';

/** A provider that counts how many charges are open at once, and delays each. The first ones also wait until `crowd` are open. */
export class SlowProvider {
  maxConcurrent = 0;
  private concurrent = 0;
  private readonly held: Parameters<PaymentBehaviour>[0][] = [];

  constructor(
    private readonly delayMs: number,
    private readonly crowd = 1,
  ) {}

  readonly behaviour: PaymentBehaviour = (exchange) => {
    this.maxConcurrent = Math.max(this.maxConcurrent, (this.concurrent += 1));
    this.held.push(exchange);
    if (this.maxConcurrent < this.crowd) return;
    for (const each of this.held.splice(0)) setTimeout(() => this.answer(each), this.delayMs);
  };

  private answer(exchange: Parameters<PaymentBehaviour>[0]): void {
    this.concurrent -= 1;
    approve(exchange);
  }
}
