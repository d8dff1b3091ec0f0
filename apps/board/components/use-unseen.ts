import { useEffect, useState } from 'preact/hooks';
import { newOrders } from '../state/cards.js';
import type { Store } from '../state/store.js';

/** Returns the ids of new orders whose cards are out of sight until they are seen. The ids are those of the elements, too. */
export function useUnseen(store: Store): string[] {
  const [unseen, setUnseen] = useState<string[]>([]);
  const [outside, setOutside] = useState<string[]>([]);
  useEffect(
    () =>
      store.subscribe((before, after) => {
        const ids = newOrders(before, after).map(({ id }) => id);
        if (ids.length > 0) setUnseen((known) => [...known, ...ids]);
      }),
    [store],
  );
  useEffect(() => {
    // Calls back once with all elements, and again when one of them comes in sight.
    const observer = new IntersectionObserver((entries) => {
      const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target.id);
      if (seen.length === 0) setOutside(entries.map(({ target }) => target.id));
      else setUnseen((known) => known.filter((id) => !seen.includes(id)));
    });
    for (const id of unseen) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [unseen]);
  return unseen.filter((id) => outside.includes(id));
}
