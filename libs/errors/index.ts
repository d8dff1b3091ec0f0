export { DomainError, type ErrorKind, type FieldError } from './domain-error.js';
