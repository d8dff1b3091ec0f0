import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from '../problem/http-refusals.js';
import { headerLines } from './header-lines.js';
import { originForm } from './request-target.js';

/** A request that HTTP forbids or that this server does not support, on any route. */
export class ProtocolError extends HttpRefusal {}

const MALFORMED = 'malformed_request';
const UNSUPPORTED_VERSION = new ProtocolError(
  505,
  'http_version_not_supported',
  'Only HTTP/1.1 and HTTP/1.0 are supported',
);

/** The refusals by Node.js's error code, where RFC 9110 has a specific status. */
const BY_NODE_CODE: Record<string, ProtocolError> = {
  ERR_HTTP_REQUEST_TIMEOUT: new ProtocolError(408, 'request_timeout', 'The request did not arrive in time'),
  HPE_HEADER_OVERFLOW: new ProtocolError(431, 'header_too_large', 'The header is larger than 16 KB'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new ProtocolError(
    413,
    'payload_too_large',
    'The chunk extensions are larger than 16 KB',
  ),
  HPE_INVALID_VERSION: UNSUPPORTED_VERSION,
};

export const CONNECT_REFUSED = new ProtocolError(501, 'not_implemented', 'CONNECT is not supported');

/** Returns what to answer to bytes that Node.js could not parse or waited too long for; undefined if the connection broke. */
export function refusalOf({ code = '' }: NodeJS.ErrnoException): ProtocolError | undefined {
  const refusal = BY_NODE_CODE[code];
  if (refusal || !code.startsWith('HPE_')) return refusal;
  return new ProtocolError(400, MALFORMED, 'The request is not valid HTTP/1.1');
}

/** A host as in RFC 3986, 3.2.2, and a port. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** Returns why a parsed request must be refused, by rules of RFC 9110 and RFC 9112 that Node.js leaves to the application. */
export function protocolErrorOf(request: IncomingMessage): ProtocolError | undefined {
  const { headers, httpVersion } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return UNSUPPORTED_VERSION;
  // RFC 9112, 3.2
  const [host, ...otherHosts] = headerLines(request, 'host');
  if (host === undefined && httpVersion === '1.1') return malformed('The Host header is missing');
  if (otherHosts.length > 0) return malformed('The request has several Host headers');
  if (host !== undefined && !HOST.test(host)) return malformed('The Host header is not valid');
  // RFC 9112, 6.1
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && httpVersion === '1.0') return malformed('HTTP/1.0 has no Transfer-Encoding');
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return new ProtocolError(501, 'not_implemented', 'The only supported Transfer-Encoding is chunked');
  // RFC 9110, 10.1.1
  const { expect } = headers;
  if (expect !== undefined && httpVersion === '1.1' && expect.toLowerCase() !== '100-continue')
    return new ProtocolError(417, 'expectation_failed', 'The only supported Expect is 100-continue');
  return originForm(request.url) === undefined ? malformed('The request target is not valid') : undefined;
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError(400, MALFORMED, detail);
}
