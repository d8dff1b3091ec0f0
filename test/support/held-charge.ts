import { once } from 'node:events';
import { approve, type PaymentBehaviour } from './payment-stub.js';

/** A provider that does not respond to a charge until the test calls `release`. */
export class HeldCharge {
  /** Resolves when the charge has reached the provider. */
  readonly arrived: Promise<unknown>;
  private readonly events = new EventTarget();

  constructor(private readonly outcome: PaymentBehaviour = approve) {
    this.arrived = once(this.events, 'arrived');
  }

  readonly behaviour: PaymentBehaviour = (exchange) => {
    this.events.addEventListener('released', () => this.outcome(exchange));
    this.events.dispatchEvent(new Event('arrived'));
  };

  release(): void {
    this.events.dispatchEvent(new Event('released'));
  }
}
