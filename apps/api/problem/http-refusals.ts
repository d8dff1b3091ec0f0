/** A refusal that only HTTP knows. Refusals of the business are DomainErrors. */
export abstract class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** Sent with the response. */
    readonly headers: Record<string, string> = {},
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

/** A multipart form without its boundary, cut off, or with too many parts. */
export class MalformedForm extends HttpRefusal {
  constructor() {
    super(400, 'bad_request', 'The body is not a valid form');
  }
}

/** The connection broke, or the body is not as long as its Content-Length. */
export class IncompleteBody extends HttpRefusal {
  constructor() {
    super(400, 'bad_request', 'The body is incomplete');
  }
}

/** Express throws its own error for such a path. This class only documents it. */
export class MalformedPath extends HttpRefusal {
  constructor() {
    super(400, 'bad_request', "Failed to decode param '%zz'");
  }
}

export class UnknownRoute extends HttpRefusal {
  /** @param path without the query, which can hold a token */
  constructor(method: string, path: string) {
    super(404, 'not_found', `Cannot ${method} ${path}`);
  }
}

/** The path exists, but not with this method (RFC 9110, 15.5.6). */
export class MethodNotAllowed extends HttpRefusal {
  /** @param path without the query */
  constructor(method: string, path: string, allowed: string) {
    super(405, 'method_not_allowed', `Cannot ${method} ${path}, only ${allowed}`, { Allow: allowed });
  }
}

/** The body is larger than any valid one of its route. */
export class PayloadTooLarge extends HttpRefusal {
  constructor() {
    super(413, 'payload_too_large', 'The body is larger than this route accepts');
  }
}

export class NotJson extends HttpRefusal {
  constructor() {
    super(415, 'unsupported_media_type', 'The body must be application/json');
  }
}

export class NotForm extends HttpRefusal {
  constructor() {
    super(
      415,
      'unsupported_media_type',
      'The body must be application/x-www-form-urlencoded or multipart/form-data',
    );
  }
}

/** The body has a Content-Encoding, for example gzip (RFC 9110, 15.5.16). */
export class EncodedBody extends HttpRefusal {
  constructor() {
    super(415, 'unsupported_media_type', 'The body must have no Content-Encoding', {
      'Accept-Encoding': 'identity',
    });
  }
}

/** An unexpected error. The log has the cause under the same request_id. */
export class InternalError extends HttpRefusal {
  constructor() {
    super(500, 'internal_error', 'Something went wrong here; it was recorded under this request_id');
  }
}
