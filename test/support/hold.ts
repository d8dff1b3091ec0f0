import { once } from 'node:events';
import { approve, type Behaviour } from './payment-stub.js';

/** A provider that keeps a charge waiting: it tells when the charge has arrived, and answers when it is released. */
export class Hold {
  readonly arrived: Promise<unknown>;
  private readonly gate = new EventTarget();

  constructor(private readonly answer: Behaviour = approve) {
    this.arrived = once(this.gate, 'arrived');
  }

  readonly behaviour: Behaviour = (exchange) => {
    this.gate.addEventListener('released', () => this.answer(exchange));
    this.gate.dispatchEvent(new Event('arrived'));
  };

  release(): void {
    this.gate.dispatchEvent(new Event('released'));
  }
}
