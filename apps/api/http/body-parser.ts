import { isUtf8 } from 'node:buffer';
import { parse as parseForm } from 'node:querystring';
import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import bodyParser from 'body-parser';
import type { NextFunction, Request, Response } from 'express';

/** Bodies of theirs mean nothing (RFC 9110, 9.3) and are left unread. */
const METHODS_WITHOUT_BODY = ['GET', 'HEAD', 'DELETE'];
/** JSON is UTF-8 between systems (RFC 8259, 8.1). */
const OTHER_CHARSET = /charset *= *"?(?!utf-8\b)/i;

const readBytes = bodyParser.raw({ limit: '100kb', inflate: false, type: () => true });

/**
 * Reads JSON bodies, and forms where `formPath` is called; other types are refused with 415, compressed ones too, and what is not UTF-8
 * or not JSON with 400.
 */
export function parseBody(formPath: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (METHODS_WITHOUT_BODY.includes(request.method)) {
      next();
      return;
    }
    const expected = request.path === formPath ? 'urlencoded' : 'json';
    const type = request.is(expected);
    // `is` answers null where there is no body, but takes a length of 0 for one.
    if (request.headers['content-length'] === '0' || type === null) {
      next();
    } else if (!type || OTHER_CHARSET.test(request.headers['content-type'] ?? '')) {
      next(new UnsupportedMediaTypeException(`The body must be ${MEDIA_TYPES[expected]}`));
    } else {
      readBytes(request, response, (error?: unknown) => next(error ?? parse(request, expected)));
    }
  };
}

const MEDIA_TYPES = { json: 'application/json', urlencoded: 'application/x-www-form-urlencoded' };

/** Replaces the bytes by what they mean; answers the refusal where they mean nothing. */
function parse(request: Request, type: 'json' | 'urlencoded'): BadRequestException | undefined {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || !isUtf8(bytes))
    return new BadRequestException('The body is not valid UTF-8');
  const text = bytes.toString();
  try {
    const body: unknown = type === 'json' ? JSON.parse(text) : parseForm(text);
    request.body = body;
    return undefined;
  } catch {
    // The parser's own words quote the body.
    return new BadRequestException('The body is not valid JSON');
  }
}
