/** A refusal that only HTTP knows. Refusals of the business are DomainErrors. */
export abstract class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

export class MalformedJson extends HttpRefusal {
  constructor() {
    super(400, 'bad_request', 'The body is not valid JSON');
  }
}

export class MalformedText extends HttpRefusal {
  constructor() {
    super(400, 'bad_request', 'The body is not valid UTF-8');
  }
}

/** Express throws its own error for such a path. This class only documents it. */
export class MalformedPath extends HttpRefusal {
  constructor() {
    super(400, 'bad_request', "Failed to decode param '%zz'");
  }
}

/** The body is larger than 100 KB. */
export class PayloadTooLarge extends HttpRefusal {
  constructor() {
    super(413, 'payload_too_large', 'request entity too large');
  }
}

export class NotJson extends HttpRefusal {
  constructor() {
    super(415, 'unsupported_media_type', 'The body must be application/json');
  }
}

export class NotForm extends HttpRefusal {
  constructor() {
    super(415, 'unsupported_media_type', 'The body must be application/x-www-form-urlencoded');
  }
}

/** An unexpected error. The log has the cause under the same request_id. */
export class InternalError extends HttpRefusal {
  constructor() {
    super(500, 'internal_error', 'Something went wrong here; it was recorded under this request_id');
  }
}
