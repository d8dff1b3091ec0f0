import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { Counter } from '../live/counter.js';
import { minutesOf, PAUSES, type Duration } from '../state/durations.js';
import { NOT_LIVE } from '../state/words.js';
import { Choices } from './choices.js';
import { Dialog, Failure } from './dialog.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  counter: Counter;
  isLive: boolean;
  onClose: () => void;
}

/** Stops orders of customers for a while. */
export function PauseDialog({ counter, isLive, onClose }: Props) {
  const [duration, setDuration] = useState<Duration>('15');
  const { isBusy, error, attempt } = useAttempt();
  const submit = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void attempt(async () => {
      await counter.pause(minutesOf(duration));
      onClose();
    });
  };
  return (
    <Dialog title="Pause orders?" isBusy={isBusy} onClose={onClose}>
      <form onSubmit={submit}>
        <p>Customers cannot order meanwhile. Orders on the board stay.</p>
        <Choices title="For how long" options={PAUSES} chosen={duration} choose={setDuration} />
        <Failure error={isLive ? error : NOT_LIVE} />
        <div class="actions">
          <button class="primary" type="submit" disabled={isBusy || !isLive}>
            Pause
          </button>
          <button type="button" disabled={isBusy} onClick={onClose}>
            Back
          </button>
        </div>
      </form>
    </Dialog>
  );
}
