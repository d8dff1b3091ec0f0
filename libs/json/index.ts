export { findInvalidValue } from './invalid-value.js';
