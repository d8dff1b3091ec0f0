import { once } from 'node:events';
import { approve, type PaymentBehaviour } from './payment-stub.js';

/** A provider that keeps a charge waiting: it tells when the charge has arrived, and answers when it is released. */
export class HeldCharge {
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
