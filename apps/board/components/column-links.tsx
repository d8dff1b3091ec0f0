import type { BoardState } from '../state/board-state.js';
import { COLUMNS } from '../state/status.js';
import type { Store } from '../state/store.js';
import { Count } from './count.js';

/** Links to the columns. They stay in sight on a phone, where the columns are below each other; wider screens do not show them. */
export function ColumnLinks({ state, store }: { state: BoardState; store: Store }) {
  return (
    <nav class="column-links" aria-label="Columns">
      {COLUMNS.map(({ status, title }) => (
        <a key={status} href={`#${status}`}>
          {title} <Count status={status} state={state} store={store} />
        </a>
      ))}
    </nav>
  );
}
