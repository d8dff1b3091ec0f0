import { useState } from 'preact/hooks';
import { Counter } from '../live/counter.js';
import { Session } from '../session/session.js';
import { BoardPage } from './board-page.js';
import { LoginForm } from './login-form.js';

/** The login, and after it the board. */
export function App({ api }: { api: string }) {
  const [session] = useState(() => new Session(api));
  const [message, setMessage] = useState<string>();
  const [counter, setCounter] = useState(() => (session.email === undefined ? undefined : openCounter()));

  function openCounter(): Counter {
    return new Counter(api, session, (error) => leave(error.message));
  }

  function leave(reason?: string): void {
    setCounter(undefined);
    setMessage(reason);
    void session.logOut();
  }

  if (counter) return <BoardPage counter={counter} email={session.email ?? ''} logOut={() => leave()} />;
  return (
    <main class="login">
      <h1>Board</h1>
      <p>{message ?? 'For baristas and managers.'}</p>
      <LoginForm
        logIn={async (email, password) => {
          await session.logIn(email, password);
          setCounter(openCounter());
        }}
      />
    </main>
  );
}
