import { gzipSync } from 'node:zlib';
import { ABSENT, rows, text, type BadRequest, type RequestBuilder } from '../bad-request.js';
import type { FuzzContext } from '../fuzz-context.js';

const LIMIT = 100 * 1024;

function typed(type: string): RequestBuilder {
  return (context) => ({ json: context.validOrder, headers: [['Content-Type', type]] });
}

function encoded(encoding: string, body: Buffer): RequestBuilder {
  return text(body, [['Content-Encoding', encoding]]);
}

/** A good order, as large as this with a metadata that is too large anyway. */
function ofSize(bytes: number, isChunked = false): RequestBuilder {
  return (context) => {
    const empty = JSON.stringify({ ...context.validOrder, metadata: { x: '' } });
    return { isChunked, body: empty.replace('"x":""', `"x":"${'x'.repeat(bytes - empty.length)}"`) };
  };
}

function head(context: FuzzContext, ...lines: string[]): string {
  return [
    'POST /api/v1/orders HTTP/1.1',
    'Host: shop',
    `Authorization: Bearer ${context.customer.token ?? ''}`,
    'Content-Type: application/json',
    'Connection: close',
    ...lines,
    '',
    '',
  ].join('\r\n');
}

function validOrderJson({ validOrder }: FuzzContext): string {
  return JSON.stringify(validOrder);
}

/** How the body of a request comes. */
export const BODIES: BadRequest[] = [
  ...rows(1, [
    ['no body', text(''), 422, 'items'],
    ['half an object', text('{'), 400, 'The body is not valid JSON'],
    ['null', text('null'), 422, 'items'],
    ['an array', text('[]'), 422, 'body'],
    ['a string', text('"x"'), 422, 'body'],
    ['a number', text('1'), 422, 'body'],
    ['no Content-Type', typed(ABSENT), 415],
    ['text/plain', typed('text/plain'), 415],
    ['application/xml', typed('application/xml'), 415],
    ['multipart/form-data', typed('multipart/form-data; boundary=x'), 415],
    ['a form', typed('application/x-www-form-urlencoded'), 415],
    ['UTF-16', typed('application/json; charset=utf-16'), 415],
    ['Latin-1', typed('application/json; charset=latin1'), 415],
    ['a dialect of JSON', typed('application/vnd.api+json'), 415],
    ['ten megabytes', ofSize(10_000_000), 413],
    ['one byte too much', ofSize(LIMIT + 1), 413],
    ['ten megabytes of unknown length', ofSize(10_000_000, true), 413],
    ['a gzip bomb', encoded('gzip', gzipSync(Buffer.alloc(10_000_000))), 415],
    ['brotli', encoded('br', Buffer.from('x')), 415],
    ['nesting of 1,000', text(`{"metadata":${'['.repeat(1_000)}${']'.repeat(1_000)}}`), 422, 'metadata'],
    ['nesting of 40,000', text(`{"metadata":${'['.repeat(40_000)}${']'.repeat(40_000)}}`), 422],
    ['9,000 fields', text(`{${Array.from({ length: 9_000 }, (_, n) => `"f${n}":1`).join()}}`), 422, 'f0'],
    ['broken UTF-8', text(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400],
    ['a byte order mark and half an object', text('\ufeff{'), 400],
    [
      'the same field twice: the last one counts',
      (context) => ({ body: validOrderJson(context).replace('"quantity":1', '"quantity":0,"quantity":2') }),
      201,
    ],
    ['a comma too many', (context) => ({ body: validOrderJson(context).replace('}]', '},]') }), 400],
    ['NaN', (context) => ({ body: validOrderJson(context).replace('"quantity":1', '"quantity":NaN') }), 400],
  ]),
  ...rows(28, [
    [
      'a length and chunks',
      () => ({}),
      400,
      {
        raw: (context) => `${head(context, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      },
    ],
    [
      'two lengths',
      () => ({}),
      400,
      { raw: (context) => `${head(context, 'Content-Length: 2', 'Content-Length: 3')}{}` },
    ],
  ]),
  ...rows(31, [
    [
      '20 KB of headers',
      (context) => ({ json: context.validOrder, headers: [['X-Large', 'x'.repeat(20_000)]] }),
      431,
    ],
  ]),
];
