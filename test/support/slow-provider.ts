import { approve, type Behaviour } from './payment-stub.js';

/** A provider that takes its time over each charge, and counts how many it had at once. */
export class SlowProvider {
  most = 0;
  private underWay = 0;

  constructor(private readonly delayMs: number) {}

  readonly behaviour: Behaviour = (exchange) => {
    this.most = Math.max(this.most, (this.underWay += 1));
    setTimeout(() => {
      this.underWay -= 1;
      approve(exchange);
    }, this.delayMs);
  };
}
