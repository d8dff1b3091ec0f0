export { fieldErrors, InvalidRequest } from './field-errors.js';
