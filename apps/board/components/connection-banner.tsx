import type { Connection } from '../state/board-state.js';
import { CONNECTIONS } from '../state/words.js';

/** Says at once that the board is not live, also to a screen reader. */
export function ConnectionBanner({ connection, logIn }: { connection: Connection; logIn: () => void }) {
  return (
    <div role="alert">
      {connection !== 'live' && (
        <p class="banner">
          {CONNECTIONS[connection]}
          {connection === 'expired' && (
            <button type="button" onClick={logIn}>
              Log in
            </button>
          )}
        </p>
      )}
    </div>
  );
}
