import { useEffect, useState } from 'preact/hooks';
import type { BoardState } from '../state/board-state.js';
import type { Store } from '../state/store.js';

/** Returns the state of the board, and renders again when it changes. */
export function useStore(store: Store): BoardState {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe((_before, after) => setState(after));
  }, [store]);
  return state;
}
