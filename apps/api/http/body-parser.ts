import { parse as parseQuery } from 'node:querystring';
import { finished } from 'node:stream';
import { MIMEType } from 'node:util';
import busboy from 'busboy';
import type { Request } from 'express';
import {
  EncodedBody,
  IncompleteBody,
  MalformedForm,
  MalformedJson,
  MalformedText,
  NotForm,
  NotJson,
  PayloadTooLarge,
  type HttpRefusal,
} from '../problem/http-refusals.js';

/** More parts than the login has fields. Each part of a form costs busboy time. */
const MAX_PARTS = 20;

/** What a route accepts as its body. */
export interface AcceptedBody {
  /** By media type, in lower case: how such a body is parsed. */
  parsers: Record<string, (body: Buffer, contentType: string) => unknown>;
  WrongType: new () => HttpRefusal;
  Malformed: new () => HttpRefusal;
}

export const JSON_BODY: AcceptedBody = {
  parsers: { 'application/json': parseJson },
  WrongType: NotJson,
  Malformed: MalformedJson,
};
export const FORM_BODY: AcceptedBody = {
  parsers: {
    'application/x-www-form-urlencoded': (body) => parseQuery(textOf(body)),
    'multipart/form-data': parseMultipart,
  },
  WrongType: NotForm,
  Malformed: MalformedForm,
};

/**
 * Returns a function that reads and parses the body of a request. It returns undefined without a body.
 * @param maxBytes the largest body; a larger one is refused as soon as its length is known to be larger
 */
export function bodyReader(accepted: AcceptedBody, maxBytes: number) {
  /** @throws HttpRefusal */
  return async (request: Request): Promise<unknown> => {
    const { headers } = request;
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0)
      return undefined;
    if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') throw new EncodedBody();
    const contentType = headers['content-type'] ?? '';
    const type = mediaTypeOf(contentType);
    const parse = type && isUtf8(type) ? accepted.parsers[type.essence] : undefined;
    if (!parse) throw new accepted.WrongType();
    const body = await readBytes(request, maxBytes);
    try {
      return await parse(body, contentType);
    } catch (error) {
      // The parser's own message quotes the body.
      throw error instanceof MalformedText ? error : new accepted.Malformed();
    }
  };
}

function parseJson(body: Buffer): unknown {
  return JSON.parse(textOf(body));
}

/** Returns the text fields of a form, a list for a repeated one. Files are ignored. */
function parseMultipart(body: Buffer, contentType: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string | string[]>();
    const parser = busboy({ headers: { 'content-type': contentType }, limits: { parts: MAX_PARTS } });
    parser.on('field', (name, value) => {
      const former = fields.get(name);
      fields.set(name, former === undefined ? value : [former, value].flat());
    });
    parser.on('file', (_name, file) => file.resume());
    parser.on('partsLimit', () => reject(new Error('Too many parts')));
    parser.on('error', reject);
    parser.on('close', () => resolve(Object.fromEntries(fields)));
    parser.end(body);
  });
}

/** Parses a Content-Type (RFC 9110, 8.3.1): quotes, case and blanks make no difference. */
function mediaTypeOf(contentType: string): MIMEType | undefined {
  try {
    return new MIMEType(contentType);
  } catch {
    return undefined;
  }
}

/** JSON between systems is UTF-8 (RFC 8259, 8.1), and so are forms (RFC 7578, 5.1.2). */
function isUtf8({ params }: MIMEType): boolean {
  return (params.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8';
}

/**
 * The rest of a body that is too large is received and discarded, so that the client can read the response and use the connection again.
 * That takes at most `requestTimeoutMs`.
 * @throws PayloadTooLarge | IncompleteBody
 */
function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > maxBytes) {
      reject(new PayloadTooLarge());
      return;
    }
    let chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
      } else {
        chunks = [];
        reject(new PayloadTooLarge());
      }
    });
    finished(request, (error) => {
      if (error) reject(new IncompleteBody());
      else resolve(Buffer.concat(chunks));
    });
  });
}

/** Decodes UTF-8, without a byte order mark (RFC 8259, 8.1: a parser may ignore it). */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MalformedText();
  }
}
