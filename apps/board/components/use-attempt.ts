import { useState } from 'preact/hooks';
import { sentenceOf } from '../api/errors.js';

/** Runs one action at a time. `error` is the sentence of the last failure. */
export function useAttempt(): {
  isBusy: boolean;
  error: string | undefined;
  attempt: (action: () => Promise<void>) => Promise<void>;
} {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      await action();
    } catch (failure) {
      setError(sentenceOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, attempt };
}
