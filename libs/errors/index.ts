export { DomainError, type ErrorKind, type FieldError } from './domain-error.js';
export { InvalidRequest, UntilNotInFuture } from './invalid-request.js';
export { PreconditionFailed, type Precondition } from './precondition.js';
