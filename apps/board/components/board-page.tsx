import { useEffect, useState } from 'preact/hooks';
import type { Order } from '../api/types.js';
import type { Counter } from '../live/counter.js';
import { COLUMNS } from '../state/status.js';
import { Announcer } from './announcer.js';
import { CancelDialog } from './cancel-dialog.js';
import { ColumnLinks } from './column-links.js';
import { ColumnOfCards } from './column-of-cards.js';
import { ConnectionBanner } from './connection-banner.js';
import { PasswordDialog } from './password-dialog.js';
import { PauseDialog } from './pause-dialog.js';
import { SoldOutDialog } from './sold-out-dialog.js';
import { TopBar } from './top-bar.js';
import { useStore } from './use-store.js';

interface Props {
  counter: Counter;
  email: string;
  logOut: () => void;
}

/** The board: three columns of cards, and the dialogs above them. */
export function BoardPage({ counter, email, logOut }: Props) {
  const state = useStore(counter.store);
  const [open, setOpen] = useState<'sold-out' | 'pause' | Order>();
  const [asksPassword, setAsksPassword] = useState(false);
  const isLive = state.connection === 'live';
  const isExpired = state.connection === 'expired';
  const close = (): void => setOpen(undefined);
  useEffect(() => {
    counter.start();
    return () => counter.stop();
  }, [counter]);
  useEffect(() => setAsksPassword(isExpired), [isExpired]);

  return (
    <>
      <TopBar counter={counter} state={state} open={setOpen} logOut={logOut} />
      <ConnectionBanner connection={state.connection} logIn={() => setAsksPassword(true)} />
      {state.truncated && (
        <p class="banner">There are more open orders than fit here. The newest are not shown.</p>
      )}
      <ColumnLinks state={state} store={counter.store} />
      <main class="columns">
        {COLUMNS.map((column) => (
          <ColumnOfCards
            key={column.status}
            column={column}
            state={state}
            counter={counter}
            cancel={setOpen}
          />
        ))}
      </main>
      <Announcer store={counter.store} />
      {open === 'sold-out' && <SoldOutDialog counter={counter} state={state} onClose={close} />}
      {open === 'pause' && <PauseDialog counter={counter} isLive={isLive} onClose={close} />}
      {typeof open === 'object' && (
        <CancelDialog counter={counter} order={open} isLive={isLive} onClose={close} />
      )}
      {asksPassword && (
        <PasswordDialog
          counter={counter}
          email={email}
          onClose={() => setAsksPassword(false)}
          logOut={logOut}
        />
      )}
    </>
  );
}
