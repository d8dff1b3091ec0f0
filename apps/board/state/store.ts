import { EMPTY_BOARD, type BoardState } from './board-state.js';
import { reduce, type Action } from './reducer.js';

type Listener = (before: BoardState, after: BoardState) => void;

/** Holds the state of the board and tells its listeners about each change. */
export class Store {
  private readonly listeners = new Set<Listener>();
  private current = EMPTY_BOARD;

  get state(): BoardState {
    return this.current;
  }

  dispatch(action: Action): void {
    const before = this.current;
    this.current = reduce(before, action);
    if (this.current === before) return;
    for (const listener of this.listeners) listener(before, this.current);
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
