export { canonicalJson } from './canonical-json.js';
export { findInvalidValue } from './invalid-value.js';
