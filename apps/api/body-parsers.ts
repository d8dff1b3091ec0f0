import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { BadRequestException, UnsupportedMediaTypeException, type RawBodyRequest } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const LIMITS = { limit: '100kb', inflate: false };
/** Bodies of theirs mean nothing (RFC 9110, 9.3) and are left unread. */
const METHODS_WITHOUT_BODY = ['GET', 'HEAD', 'DELETE'];
/** JSON is UTF-8 between systems (RFC 8259, 8.1); the parser would take UTF-16 and UTF-32 too. */
const OTHER_CHARSET = /charset *= *"?(?!utf-8\b)/i;

/** Reads JSON bodies, and forms where `formPath` is called; other types are refused with 415, compressed ones too. */
export function useBodyParsers(app: NestExpressApplication, formPath: string): void {
  app.use((request: Request, _response: Response, next: NextFunction) => {
    const expected = request.path === formPath ? 'urlencoded' : 'json';
    // `is` answers null where there is no body, but takes a length of 0 for one.
    const isEmpty = request.headers['content-length'] === '0' || request.is(expected) === null;
    const isRight = request.is(expected) && !OTHER_CHARSET.test(request.headers['content-type'] ?? '');
    if (!mayHaveBody(request) || isEmpty || isRight) next();
    else
      next(
        new UnsupportedMediaTypeException(
          `The body must be ${expected === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'}`,
        ),
      );
  });
  app.useBodyParser('json', { ...LIMITS, strict: false, type: bodiesOf('json') });
  app.useBodyParser('urlencoded', { ...LIMITS, extended: false, type: bodiesOf('urlencoded') });
  app.use(({ rawBody }: RawBodyRequest<Request>, _response: Response, next: NextFunction) => {
    next(rawBody && !isUtf8(rawBody) ? new BadRequestException('The body is not valid UTF-8') : undefined);
  });
  // The parser's own words quote the body.
  app.use((error: unknown, _request: Request, _response: Response, next: NextFunction) => {
    next(error instanceof SyntaxError ? new BadRequestException('The body is not valid JSON') : error);
  });
}

function mayHaveBody({ method = '' }: IncomingMessage): boolean {
  return !METHODS_WITHOUT_BODY.includes(method);
}

/** Whether the type is right has been seen before; here it only remains which of the two it is. */
function bodiesOf(type: string): (request: IncomingMessage) => boolean {
  return (request) =>
    mayHaveBody(request) && (request.headers['content-type'] ?? '').toLowerCase().includes(type);
}
