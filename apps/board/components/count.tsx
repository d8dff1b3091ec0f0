import { useEffect, useState } from 'preact/hooks';
import type { BoardState } from '../state/board-state.js';
import { countIn, newOrders } from '../state/cards.js';
import type { OpenStatus } from '../state/status.js';
import type { Store } from '../state/store.js';

interface Props {
  status: OpenStatus;
  state: BoardState;
  store: Store;
}

/** How many open orders a column has. Lights up for a moment when a new one comes. */
export function Count({ status, state, store }: Props) {
  const [arrivals, setArrivals] = useState(0);
  useEffect(
    () =>
      store.subscribe((before, after) => {
        if (newOrders(before, after).some((order) => order.status === status))
          setArrivals((known) => known + 1);
      }),
    [store, status],
  );
  // Another key makes another element, whose animation starts again.
  return (
    <span key={arrivals} class={arrivals > 0 ? 'count arrived' : 'count'}>
      {countIn(status, state)}
    </span>
  );
}
