export { OutboxDispatch } from './outbox-dispatch.js';
export { WorkerSignal } from './worker-signal.js';
