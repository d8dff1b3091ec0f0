const NOTES_HZ = [659, 880];
const NOTE_SECONDS = 0.25;

/** Plays two short notes. */
export function playChime(audio: AudioContext): void {
  NOTES_HZ.forEach((frequency, index) => {
    const start = audio.currentTime + index * NOTE_SECONDS;
    const oscillator = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0.3 });
    volume.gain.setValueAtTime(0.3, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS);
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + NOTE_SECONDS);
  });
}
