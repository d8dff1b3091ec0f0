/** The kind of a refusal. Only the API knows the HTTP status of each. */
export type ErrorKind =
  | 'invalid_argument'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'unprocessable'
  | 'rate_limited'
  | 'unavailable';

/** One field of a request and what is wrong with it. */
export interface FieldError {
  field: string;
  message: string;
}

interface DomainErrorOptions {
  /** After how many seconds a retry makes sense. */
  retryAfterSeconds?: number;
  fields?: FieldError[];
  /** Further members of the problem details; a member of the same name replaces a standard one. */
  extensions?: Record<string, unknown>;
}

/** A refusal that the client sees: a stable code and a sentence. */
export abstract class DomainError extends Error {
  readonly retryAfterSeconds?: number;
  readonly fields?: FieldError[];
  readonly extensions?: Record<string, unknown>;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    { retryAfterSeconds, fields, extensions }: DomainErrorOptions = {},
  ) {
    super(detail);
    this.name = new.target.name;
    this.retryAfterSeconds = retryAfterSeconds;
    this.fields = fields;
    this.extensions = extensions;
  }
}
