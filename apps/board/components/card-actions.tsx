import type { Counter } from '../live/counter.js';
import type { Card } from '../state/cards.js';
import type { Move } from '../state/moves.js';
import type { Column } from '../state/status.js';
import { orderName } from '../state/words.js';
import { useNow } from './use-now.js';

interface Props {
  card: Card;
  column: Column;
  isLive: boolean;
  counter: Counter;
  cancel: () => void;
}

/** The buttons of a card. The first one moves the order on, and stays the same while that can be undone. */
export function CardActions({ card: { order, move, departure }, column, isLive, counter, cancel }: Props) {
  const name = orderName(order);
  if (departure)
    return (
      <div class="actions">
        <button type="button" onClick={() => counter.dismiss(order.id)}>
          Remove <span class="hidden">{name}</span>
        </button>
      </div>
    );
  const isDisabled = !isLive || move !== undefined;
  return (
    <div class="actions">
      <button
        type="button"
        class="primary"
        aria-disabled={isDisabled}
        onClick={() => {
          if (!isDisabled) counter.move(order.id);
        }}
      >
        {move ? <Countdown move={move} word={column.action} /> : column.action}
        <span class="hidden"> {name}</span>
      </button>
      {move && !move.isSent ? (
        <button type="button" class="undo" onClick={() => counter.undo(order.id)}>
          Undo <span class="hidden">{name}</span>
        </button>
      ) : (
        counter.mayCancel(column.status) && (
          <button type="button" disabled={isDisabled} onClick={cancel}>
            Cancel … <span class="hidden">{name}</span>
          </button>
        )
      )}
    </div>
  );
}

function Countdown({ move, word }: { move: Move; word: string }) {
  const seconds = Math.ceil((move.dueAt - useNow(200)) / 1000);
  return move.isSent || seconds <= 0 ? (
    <>{word} …</>
  ) : (
    <>
      {word} <span aria-hidden="true">in {seconds}</span>
    </>
  );
}
