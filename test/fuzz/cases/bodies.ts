import { gzipSync } from 'node:zlib';
import {
  ABSENT,
  badRequests,
  bodyOf,
  orderJsonWith,
  orderWithHeaders,
  type BadRequest,
  type RequestBuilder,
} from '../bad-request.js';
import type { FuzzContext } from '../fuzz-context.js';

const LIMIT_BYTES = 32 * 1024;

function withContentType(type: string): RequestBuilder {
  return orderWithHeaders(['Content-Type', type]);
}

function withContentEncoding(encoding: string, body: Buffer): RequestBuilder {
  return bodyOf(body, [['Content-Encoding', encoding]]);
}

/** The valid order with metadata that makes it this large. */
function ofSize(bytes: number, isChunked = false): RequestBuilder {
  return ({ validOrder }) => {
    const empty = JSON.stringify({ ...validOrder, metadata: { x: '' } });
    return { isChunked, body: empty.replace('"x":""', `"x":"${'x'.repeat(bytes - empty.length)}"`) };
  };
}

function rawHead({ customer }: FuzzContext, ...headerLines: string[]): string {
  return [
    'POST /api/v1/orders HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${customer.token ?? ''}`,
    'Content-Type: application/json',
    'Connection: close',
    ...headerLines,
    '',
    '',
  ].join('\r\n');
}

/** The syntax, size and encoding of request bodies. */
export const BODIES: BadRequest[] = badRequests([
  ['no body', bodyOf(''), 422, 'items'],
  ['half an object', bodyOf('{'), 400, 'The body is not valid JSON'],
  ['null', bodyOf('null'), 422, 'body must be an object'],
  ['an array', bodyOf('[]'), 422, 'body'],
  ['a string', bodyOf('"x"'), 422, 'body'],
  ['a number', bodyOf('1'), 422, 'body'],
  ['no Content-Type', withContentType(ABSENT), 415],
  ['text/plain', withContentType('text/plain'), 415],
  ['application/xml', withContentType('application/xml'), 415],
  ['multipart/form-data', withContentType('multipart/form-data; boundary=x'), 415],
  ['a form', withContentType('application/x-www-form-urlencoded'), 415],
  ['UTF-16', withContentType('application/json; charset=utf-16'), 415],
  ['Latin-1', withContentType('application/json; charset=latin1'), 415],
  ['another JSON media type', withContentType('application/vnd.api+json'), 415],
  ['10 MB', ofSize(10_000_000), 413],
  ['one byte over the limit', ofSize(LIMIT_BYTES + 1), 413],
  ['10 MB in chunks', ofSize(10_000_000, true), 413],
  ['a gzip bomb', withContentEncoding('gzip', gzipSync(Buffer.alloc(10_000_000))), 415],
  ['Brotli', withContentEncoding('br', Buffer.from('x')), 415],
  ['nesting of 1,000', bodyOf(`{"metadata":${'['.repeat(1_000)}${']'.repeat(1_000)}}`), 422, 'metadata'],
  ['nesting of 15,000', bodyOf(`{"metadata":${'['.repeat(15_000)}${']'.repeat(15_000)}}`), 422],
  ['2,000 fields', bodyOf(`{${Array.from({ length: 2_000 }, (_, n) => `"f${n}":1`).join()}}`), 422, 'body'],
  ['invalid UTF-8', bodyOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400],
  ['a byte order mark before half an object', bodyOf('\ufeff{'), 400],
  [
    'a repeated field with a valid last value',
    orderJsonWith('"quantity":1', '"quantity":0,"quantity":2'),
    201,
  ],
  ['a trailing comma', orderJsonWith('}]', '},]'), 400],
  ['NaN', orderJsonWith('"quantity":1', '"quantity":NaN'), 400],
  [
    'Content-Length with Transfer-Encoding',
    () => ({}),
    400,
    {
      rawBytes: (context) =>
        `${rawHead(context, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    },
  ],
  [
    'two Content-Length headers',
    () => ({}),
    400,
    { rawBytes: (context) => `${rawHead(context, 'Content-Length: 2', 'Content-Length: 3')}{}` },
  ],
  ['20 KB of headers', orderWithHeaders(['X-Large', 'x'.repeat(20_000)]), 431],
]);
