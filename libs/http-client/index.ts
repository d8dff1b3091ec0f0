export { readProviderBody } from './provider-body.js';
export { settlesWithin } from './settles-within.js';
