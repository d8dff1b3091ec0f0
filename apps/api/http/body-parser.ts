import { isUtf8 } from 'node:buffer';
import { parse as parseForm } from 'node:querystring';
import bodyParser from 'body-parser';
import type { NextFunction, Request, Response } from 'express';
import {
  MalformedJson,
  MalformedText,
  NotForm,
  NotJson,
  PayloadTooLarge,
  type HttpRefusal,
} from '../problem/http-refusals.js';

/** The body of these methods has no meaning (RFC 9110, 9.3) and is not read. */
const METHODS_WITHOUT_BODY = ['GET', 'HEAD', 'DELETE'];
/** JSON between systems is UTF-8 (RFC 8259, 8.1). */
const OTHER_CHARSET = /charset *= *"?(?!utf-8\b)/i;

const readBytes = bodyParser.raw({ limit: '100kb', inflate: false, type: () => true });

interface BodyFormat {
  type: 'json' | 'urlencoded';
  WrongType: new () => HttpRefusal;
  parse(text: string): unknown;
}
const JSON_FORMAT: BodyFormat = { type: 'json', WrongType: NotJson, parse: parseJson };
const FORM_FORMAT: BodyFormat = { type: 'urlencoded', WrongType: NotForm, parse: (text) => parseForm(text) };

/**
 * Reads JSON bodies, and a form at `formPath`. Refuses other and compressed types with 415, and bytes that are not UTF-8 or not JSON
 * with 400.
 */
export function parseBody(formPath: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (METHODS_WITHOUT_BODY.includes(request.method)) {
      next();
      return;
    }
    const format = request.path === formPath ? FORM_FORMAT : JSON_FORMAT;
    const type = request.is(format.type);
    // `is` returns null without a body, but treats a length of 0 as a body.
    if (request.headers['content-length'] === '0' || type === null) {
      next();
    } else if (!type || OTHER_CHARSET.test(request.headers['content-type'] ?? '')) {
      next(new format.WrongType());
    } else {
      readBytes(request, response, (error?: unknown) =>
        next(error ? (isTooLarge(error) ? new PayloadTooLarge() : error) : parse(request, format)),
      );
    }
  };
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** Replaces the bytes of the body by their value. Returns the refusal if they have none. */
function parse(request: Request, format: BodyFormat): HttpRefusal | undefined {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || !isUtf8(bytes)) return new MalformedText();
  try {
    request.body = format.parse(bytes.toString());
    return undefined;
  } catch {
    // The parser's own message quotes the body.
    return new MalformedJson();
  }
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
}
