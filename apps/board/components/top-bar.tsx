import type { Counter } from '../live/counter.js';
import type { BoardState } from '../state/board-state.js';
import { CONNECTIONS, shopWords } from '../state/words.js';
import { Failure } from './dialog.js';
import { SoundSwitch } from './sound-switch.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  counter: Counter;
  state: BoardState;
  open: (dialog: 'sold-out' | 'pause') => void;
  logOut: () => void;
}

export function TopBar({ counter, state: { connection, shop, menu }, open, logOut }: Props) {
  const isLive = connection === 'live';
  const { error, attempt } = useAttempt();
  return (
    <header class="top-bar">
      <h1>Board</h1>
      <p class={`shop shop-${shop?.reason ?? 'open'}`} role="status">
        {shop ? shopWords(shop) : ''}
      </p>
      {isLive && <p class="live">{CONNECTIONS.live}</p>}
      <Failure error={error} />
      <nav aria-label="Counter">
        <button type="button" disabled={!isLive || !menu} onClick={() => open('sold-out')}>
          Sold out …
        </button>
        {shop?.reason === 'paused' ? (
          <button
            type="button"
            class="primary"
            disabled={!isLive}
            onClick={() => void attempt(() => counter.resume())}
          >
            Resume<span class="wide-only"> orders</span>
          </button>
        ) : (
          <button type="button" disabled={!isLive || !shop} onClick={() => open('pause')}>
            Pause …
          </button>
        )}
        <SoundSwitch store={counter.store} />
        <button type="button" onClick={logOut}>
          Log out
        </button>
      </nav>
    </header>
  );
}
