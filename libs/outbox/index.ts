export { OutboxDispatch } from './outbox-dispatch.js';
