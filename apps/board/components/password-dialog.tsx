import type { Counter } from '../live/counter.js';
import { Dialog } from './dialog.js';
import { LoginForm } from './login-form.js';

interface Props {
  counter: Counter;
  email: string;
  onClose: () => void;
  logOut: () => void;
}

/** Asks for the password above the board, which stays as it is. */
export function PasswordDialog({ counter, email, onClose, logOut }: Props) {
  return (
    <Dialog title="Log in again" onClose={onClose}>
      <p>The login has ended. The board stays where it is.</p>
      <LoginForm
        email={email}
        logIn={async (_email, password) => {
          await counter.logInAgain(email, password);
          onClose();
        }}
      />
      <button type="button" onClick={logOut}>
        Somebody else logs in
      </button>
    </Dialog>
  );
}
