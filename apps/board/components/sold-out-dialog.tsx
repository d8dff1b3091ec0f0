import { useState } from 'preact/hooks';
import type { Product, Shop } from '../api/types.js';
import type { Counter } from '../live/counter.js';
import type { BoardState } from '../state/board-state.js';
import { endOf, SOLD_OUT_TIMES, type Duration } from '../state/durations.js';
import { timeIn } from '../state/words.js';
import { Choices } from './choices.js';
import { Dialog, Failure } from './dialog.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  counter: Counter;
  state: BoardState;
  onClose: () => void;
}

/** Switches products and variations between sold out and available. */
export function SoldOutDialog({ counter, state: { menu, shop, clockAheadMs }, onClose }: Props) {
  const [duration, setDuration] = useState<Duration>('open');
  const { isBusy, error, attempt } = useAttempt();
  const toggle = (product: Product, variation?: Product['variations'][number]): void => {
    const isSoldOut = !(variation ?? product).sold_out;
    const until = isSoldOut ? endOf(duration, Date.now() + clockAheadMs) : undefined;
    void attempt(() => counter.setSoldOut(product.id, variation?.id, isSoldOut, until));
  };
  return (
    <Dialog title="Sold out" onClose={onClose}>
      <Choices
        title="What I switch on stays sold out"
        options={SOLD_OUT_TIMES}
        chosen={duration}
        choose={setDuration}
      />
      <Failure error={error} />
      <ul class="menu" aria-busy={isBusy}>
        {menu?.products.map((product) => (
          <li key={product.id}>
            <Switch item={product} shop={shop} toggle={() => toggle(product)} />
            <ul>
              {product.variations.map((variation) => (
                <li key={variation.id}>
                  <Switch
                    item={variation}
                    of={product.name}
                    shop={shop}
                    toggle={() => toggle(product, variation)}
                  />
                </li>
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

interface SwitchProps {
  item: Pick<Product, 'name' | 'sold_out' | 'sold_out_until'>;
  /** The product of a variation. */
  of?: string;
  shop: Shop | undefined;
  toggle: () => void;
}

function Switch({
  item: { name, sold_out: isSoldOut, sold_out_until: until },
  of,
  shop,
  toggle,
}: SwitchProps) {
  const words = until === null ? 'Sold out' : `Sold out until ${timeIn(shop?.time_zone ?? 'UTC', until)}`;
  return (
    <button type="button" role="switch" aria-checked={isSoldOut} class="switch" onClick={toggle}>
      <span>
        {of !== undefined && <span class="hidden">{of}, </span>}
        {name}
      </span>
      <span class="state">{isSoldOut ? words : 'Available'}</span>
    </button>
  );
}
