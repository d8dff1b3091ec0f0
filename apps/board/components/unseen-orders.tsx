import type { Card } from '../state/cards.js';
import type { Store } from '../state/store.js';
import { newOrdersWords } from '../state/words.js';
import { useUnseen } from './use-unseen.js';

/** A button that leads to the first new order of a column that is out of sight. */
export function UnseenOrders({ store, cards }: { store: Store; cards: Card[] }) {
  const unseen = useUnseen(store);
  const hidden = cards.filter(({ order }) => unseen.includes(order.id));
  const [first] = hidden;
  if (!first) return null;
  const show = (): void => {
    const element = document.getElementById(first.order.id);
    element?.scrollIntoView({ block: 'center' });
    element?.querySelector('button')?.focus({ preventScroll: true });
  };
  return (
    <button type="button" class="unseen" onClick={show}>
      {newOrdersWords(hidden.length)}
    </button>
  );
}
