import { useState } from 'preact/hooks';
import type { Product } from '../api/types.js';
import type { Counter } from '../live/counter.js';
import type { BoardState } from '../state/board-state.js';
import { endOf, SOLD_OUT_TIMES, type Duration } from '../state/durations.js';
import { NOT_LIVE } from '../state/words.js';
import { Choices } from './choices.js';
import { Dialog, Failure } from './dialog.js';
import { SoldOutSwitch } from './sold-out-switch.js';

interface Props {
  counter: Counter;
  state: BoardState;
  onClose: () => void;
}

/** Switches products and variations between sold out and available. */
export function SoldOutDialog({ counter, state: { menu, shop, clockAheadMs, connection }, onClose }: Props) {
  const [duration, setDuration] = useState<Duration>('open');
  const isLive = connection === 'live';
  const switchOf = (product: Product, variation?: Product['variations'][number]) => (
    <SoldOutSwitch
      item={variation ?? product}
      of={variation && product}
      timeZone={shop?.time_zone ?? 'UTC'}
      isLive={isLive}
      change={(isSoldOut) => {
        const until = isSoldOut ? endOf(duration, Date.now() + clockAheadMs) : undefined;
        return counter.setSoldOut(product.id, variation?.id, isSoldOut, until);
      }}
    />
  );
  return (
    <Dialog title="Sold out" onClose={onClose}>
      <Choices
        title="What I switch on stays sold out"
        options={SOLD_OUT_TIMES}
        chosen={duration}
        choose={setDuration}
      />
      <Failure error={isLive ? undefined : NOT_LIVE} />
      <ul class="menu">
        {menu?.products.map((product) => (
          <li key={product.id}>
            {switchOf(product)}
            <ul>
              {product.variations.map((variation) => (
                <li key={variation.id}>{switchOf(product, variation)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
