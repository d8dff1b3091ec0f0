export { DomainError, type ErrorKind, type FieldError } from './domain-error.js';
export { PreconditionFailed, type Precondition } from './precondition.js';
