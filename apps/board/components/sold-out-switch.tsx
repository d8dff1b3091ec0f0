import type { Product } from '../api/types.js';
import { availabilityWords } from '../state/words.js';
import { Failure } from './dialog.js';
import { useAttempt } from './use-attempt.js';

type Item = Pick<Product, 'name' | 'sold_out' | 'sold_out_until'>;

interface Props {
  item: Item;
  /** The product of a variation. */
  of: Item | undefined;
  timeZone: string;
  isLive: boolean;
  change: (isSoldOut: boolean) => Promise<void>;
}

/** Switches one product or variation. Each switch sends by itself, so that a tap need not wait for another one. */
export function SoldOutSwitch({ item, of, timeZone, isLive, change }: Props) {
  const { name, sold_out: isSoldOut } = item;
  const canChange = isLive && !of?.sold_out;
  const { isBusy, error, attempt } = useAttempt();
  return (
    <>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isSoldOut || of?.sold_out === true}
        aria-disabled={isBusy || !canChange}
        onClick={() => {
          if (canChange) void attempt(() => change(!isSoldOut));
        }}
      >
        <span>
          {of && <span class="hidden">{of.name}, </span>}
          {name}
        </span>
        <span class="state">{availabilityWords(timeZone, item, of)}</span>
      </button>
      <Failure error={error} />
    </>
  );
}
