export { isSettledWithin } from './is-settled-within.js';
