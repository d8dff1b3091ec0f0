import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { Failure } from './dialog.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  /** The only account that may log in. Without it, every account may. */
  email?: string | undefined;
  logIn: (email: string, password: string) => Promise<void>;
}

export function LoginForm({ email: known, logIn }: Props) {
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const { isBusy, error, attempt } = useAttempt();
  const submit = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void attempt(() => logIn(email, password));
  };
  return (
    <form class="login-form" onSubmit={submit}>
      <label>
        E-mail
        <input
          type="email"
          autocomplete="username"
          required
          readOnly={known !== undefined}
          value={email}
          onInput={({ currentTarget }) => setEmail(currentTarget.value)}
        />
      </label>
      <label>
        Password
        <input
          type="password"
          autocomplete="current-password"
          required
          autofocus={known !== undefined}
          value={password}
          onInput={({ currentTarget }) => setPassword(currentTarget.value)}
        />
      </label>
      <Failure error={error} />
      <button class="primary" type="submit" disabled={isBusy}>
        Log in
      </button>
    </form>
  );
}
