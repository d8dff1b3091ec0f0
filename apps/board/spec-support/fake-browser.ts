import { jest } from '@jest/globals';

/** Gives the globals of a browser that Node.js lacks. Timers stand still, but not those of streams and promises. */
export function fakeBrowser(): { window: EventTarget; stored: Map<string, string> } {
  const window = new EventTarget();
  const stored = new Map<string, string>();
  globalThis.addEventListener = window.addEventListener.bind(window);
  Object.defineProperty(globalThis, 'document', { configurable: true, value: new EventTarget() });
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    value: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    },
  });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  return { window, stored };
}

/** Lets time pass, and what is ready by then happen. */
export async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  await settle();
}

/** Runs all callbacks that wait for no time, such as those of responses and events. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await jest.advanceTimersByTimeAsync(0);
}
