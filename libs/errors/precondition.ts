import { DomainError } from './domain-error.js';

/** Whether a resource is still as the client last saw it. Evaluated under the lock of the change. */
export type Precondition<Resource> = (current: Resource) => boolean;

export class PreconditionFailed extends DomainError {
  constructor() {
    super(
      'precondition_failed',
      'precondition_failed',
      'The resource has changed since it was read; read it again',
    );
  }
}
