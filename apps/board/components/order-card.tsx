import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Counter } from '../live/counter.js';
import { ageOf } from '../state/age.js';
import type { Card } from '../state/cards.js';
import type { Column } from '../state/status.js';
import { callNumber, DEPARTURES, lineName, orderName } from '../state/words.js';
import { CardActions } from './card-actions.js';

interface Props {
  card: Card;
  column: Column;
  /** By the shop's clock. */
  now: number;
  isLive: boolean;
  counter: Counter;
  cancel: () => void;
}

/** The order whose card had the focus when it left its column. Its next card takes the focus, if nothing else has it. */
let focusedOrder: string | undefined;

export function OrderCard({ card, column, now, isLive, counter, cancel }: Props) {
  const { order, move, notice, departure } = card;
  const article = useRef<HTMLElement>(null);
  const age = ageOf(order.created_at, now);
  useLayoutEffect(() => {
    const element = article.current;
    if (focusedOrder === order.id) {
      focusedOrder = undefined;
      if (document.activeElement === document.body)
        element?.querySelector('button')?.focus({ preventScroll: true });
    }
    return () => {
      if (element?.contains(document.activeElement)) focusedOrder = order.id;
    };
  }, [order.id]);
  const states = [departure ?? `age-${age.level}`, ...(move ? ['moving'] : [])];
  return (
    <article ref={article} class={`card ${states.join(' ')}`} aria-label={orderName(order)}>
      <header>
        {!departure && (
          <p class="age">
            <span aria-hidden="true">{age.sign}</span> {age.minutes} min <span class="word">{age.word}</span>
          </p>
        )}
        <h3>
          <span class="number">{callNumber(order)}</span> <span class="name">{order.pickup_name}</span>
        </h3>
      </header>
      <ul class="lines">
        {order.items.map((item) => (
          <li key={item.id}>
            <b>{item.quantity} ×</b> <span>{lineName(item)}</span>
          </li>
        ))}
      </ul>
      {order.note !== null && <p class="note">{order.note}</p>}
      {departure && <p class="notice">{DEPARTURES[departure]}</p>}
      <div role="alert">
        {notice !== undefined && (
          <p class="notice">
            {notice}
            <button type="button" onClick={() => counter.dismiss(order.id)}>
              Dismiss
            </button>
          </p>
        )}
      </div>
      <CardActions card={card} column={column} isLive={isLive} counter={counter} cancel={cancel} />
    </article>
  );
}
