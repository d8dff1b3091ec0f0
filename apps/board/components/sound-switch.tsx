import { useEffect, useState } from 'preact/hooks';
import { playChime } from '../live/chime.js';
import { newOrders } from '../state/cards.js';
import type { Store } from '../state/store.js';

/** Switches the sound for new orders on. It is off at first, because browsers allow sound only after a tap. */
export function SoundSwitch({ store }: { store: Store }) {
  const [audio, setAudio] = useState<AudioContext>();
  useEffect(() => {
    if (!audio) return;
    playChime(audio);
    const unsubscribe = store.subscribe((before, after) => {
      if (newOrders(before, after).length > 0) playChime(audio);
    });
    return () => {
      unsubscribe();
      void audio.close();
    };
  }, [audio, store]);
  return (
    <button
      type="button"
      role="switch"
      aria-checked={audio !== undefined}
      onClick={() => setAudio(audio ? undefined : new AudioContext())}
    >
      Sound {audio ? 'on' : 'off'}
    </button>
  );
}
