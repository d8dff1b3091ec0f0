/** What went wrong in the business's terms; the API alone knows the HTTP status of each. */
export type ErrorKind =
  | 'refused'
  | 'invalid'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'throttled'
  | 'unavailable';

/** One field of a request and what is wrong with it, in words for the client. */
export interface FieldError {
  field: string;
  message: string;
}

interface DomainErrorOptions {
  /** When a new try makes sense, in seconds. */
  retryAfterSeconds?: number;
  fields?: FieldError[];
  /** Further members of the problem details. */
  extensions?: Record<string, unknown>;
  /** The answer was kept from an earlier request with the same key. */
  replayed?: boolean;
  /** The request that was first answered so, where it is not this one. */
  requestId?: string;
}

/** A refusal that the client is told of: a stable code and a sentence. */
export abstract class DomainError extends Error {
  readonly retryAfterSeconds?: number;
  readonly fields?: FieldError[];
  readonly extensions?: Record<string, unknown>;
  readonly replayed: boolean;
  readonly requestId?: string;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    options: DomainErrorOptions = {},
  ) {
    super(detail);
    this.name = new.target.name;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields;
    this.extensions = options.extensions;
    this.replayed = options.replayed ?? false;
    this.requestId = options.requestId;
  }
}
