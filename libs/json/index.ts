export { canonicalJson } from './canonical-json.js';
export { findInvalidValue } from './invalid-value.js';
export { losesDigits } from './numbers.js';
