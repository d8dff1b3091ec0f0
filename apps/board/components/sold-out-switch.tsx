import type { Product } from '../api/types.js';
import { timeIn } from '../state/words.js';
import { Failure } from './dialog.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  item: Pick<Product, 'name' | 'sold_out' | 'sold_out_until'>;
  /** The product of a variation. */
  of: string | undefined;
  timeZone: string;
  isLive: boolean;
  change: (isSoldOut: boolean) => Promise<void>;
}

/** Switches one product or variation. Each switch sends by itself, so that a tap need not wait for another one. */
export function SoldOutSwitch({ item, of, timeZone, isLive, change }: Props) {
  const { name, sold_out: isSoldOut, sold_out_until: until } = item;
  const { isBusy, error, attempt } = useAttempt();
  const words = until === null ? 'Sold out' : `Sold out until ${timeIn(timeZone, until)}`;
  return (
    <>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isSoldOut}
        aria-disabled={isBusy || !isLive}
        onClick={() => {
          if (isLive) void attempt(() => change(!isSoldOut));
        }}
      >
        <span>
          {of !== undefined && <span class="hidden">{of}, </span>}
          {name}
        </span>
        <span class="state">{isSoldOut ? words : 'Available'}</span>
      </button>
      <Failure error={error} />
    </>
  );
}
