import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { CancelReason, Order } from '../api/types.js';
import type { Counter } from '../live/counter.js';
import { CANCEL_REASONS, NOT_LIVE, orderName } from '../state/words.js';
import { Dialog, Failure } from './dialog.js';
import { Choices } from './choices.js';
import { useAttempt } from './use-attempt.js';

const MAX_NOTE_LENGTH = 1000;

/** Cancels an order, which gives the money back. */
export function CancelDialog({
  counter,
  order,
  isLive,
  onClose,
}: {
  counter: Counter;
  order: Order;
  isLive: boolean;
  onClose: () => void;
}) {
  const [reason, setReason] = useState<CancelReason>();
  const [note, setNote] = useState('');
  const { isBusy, error, attempt } = useAttempt();
  const submit = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (reason === undefined) return;
    void attempt(async () => {
      await counter.cancel(order.id, reason, note.trim());
      onClose();
    });
  };
  return (
    <Dialog title={`Cancel ${orderName(order)}?`} isBusy={isBusy} onClose={onClose}>
      <form onSubmit={submit}>
        <p>The customer gets the money back.</p>
        <Choices title="Reason" options={CANCEL_REASONS} chosen={reason} choose={setReason} />
        <label>
          Note
          <input
            maxLength={MAX_NOTE_LENGTH}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        </label>
        <Failure error={isLive ? error : NOT_LIVE} />
        <div class="actions">
          <button class="danger" type="submit" disabled={isBusy || !isLive || reason === undefined}>
            Cancel the order
          </button>
          <button type="button" disabled={isBusy} onClick={onClose}>
            Keep it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
