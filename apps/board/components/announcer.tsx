import { useEffect, useState } from 'preact/hooks';
import { newOrders } from '../state/cards.js';
import type { Store } from '../state/store.js';
import { lineName, orderName } from '../state/words.js';

/** Tells a screen reader about new orders. */
export function Announcer({ store }: { store: Store }) {
  const [words, setWords] = useState('');
  useEffect(
    () =>
      store.subscribe((before, after) => {
        const orders = newOrders(before, after);
        if (orders.length === 0) return;
        const sentences = orders.map((order) => {
          const lines = order.items.map((item) => `${item.quantity} ${lineName(item)}`);
          return `New ${orderName(order)}: ${lines.join('; ')}.`;
        });
        setWords(sentences.join(' '));
      }),
    [store],
  );
  return (
    <p class="hidden" aria-live="polite">
      {words}
    </p>
  );
}
