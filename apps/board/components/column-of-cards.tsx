import { useId } from 'preact/hooks';
import type { Order } from '../api/types.js';
import type { Counter } from '../live/counter.js';
import type { BoardState } from '../state/board-state.js';
import { cardsIn } from '../state/cards.js';
import type { Column } from '../state/status.js';
import { Count } from './count.js';
import { OrderCard } from './order-card.js';
import { UnseenOrders } from './unseen-orders.js';
import { useNow } from './use-now.js';

/** How often the ages of the cards are computed. */
const AGE_INTERVAL_MS = 10_000;

interface Props {
  column: Column;
  state: BoardState;
  counter: Counter;
  cancel: (order: Order) => void;
}

export function ColumnOfCards({ column, state, counter, cancel }: Props) {
  const titleId = useId();
  const now = useNow(AGE_INTERVAL_MS) + state.clockAheadMs;
  const cards = cardsIn(column.status, state);
  return (
    <section id={column.status} class="column" tabIndex={-1} aria-labelledby={titleId}>
      <h2 id={titleId}>
        {column.title} <Count status={column.status} state={state} store={counter.store} />
      </h2>
      <ul>
        {cards.map((card) => (
          <li key={card.order.id} id={card.order.id}>
            <OrderCard
              card={card}
              column={column}
              now={now}
              isLive={state.connection === 'live'}
              counter={counter}
              cancel={() => cancel(card.order)}
            />
          </li>
        ))}
      </ul>
      {cards.length === 0 && <p class="empty">No orders</p>}
      <UnseenOrders store={counter.store} cards={cards} />
    </section>
  );
}
