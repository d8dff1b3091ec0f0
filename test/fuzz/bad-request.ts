import type { Person } from '../support/person.js';
import type { FuzzContext } from './fuzz-context.js';
import type { RawRequest, RawResponse } from './raw-http.js';

/** Builds a request; the customer sends it to POST /orders unless it says otherwise. */
export type RequestBuilder = (
  context: FuzzContext,
) => Partial<RawRequest> & { as?: Person | null; json?: unknown };

/** An invalid or unusual request and the expected response. */
export interface BadRequest {
  title: string;
  request: RequestBuilder;
  status: number;
  /** A request to send first. */
  precededBy?: RequestBuilder;
  /** Text of the response: a field, an error code or a phrase. */
  contains?: string;
  /** Sent instead of `request` if an HTTP client cannot produce these bytes. */
  rawBytes?: (context: FuzzContext) => string;
  /** Makes further assertions about the response. */
  check?: (response: RawResponse) => void;
}

/** A row of a table; a string at the end is `contains`. */
export type BadRequestRow = [
  title: string,
  request: RequestBuilder,
  status: number,
  more?: string | Partial<BadRequest>,
];

export function badRequests(rows: BadRequestRow[]): BadRequest[] {
  return rows.map(([title, request, status, more]) => ({
    title,
    request,
    status,
    ...(typeof more === 'string' ? { contains: more } : more),
  }));
}

export function bodyOf(body: string | Buffer, headers: RawRequest['headers'] = []): RequestBuilder {
  return () => ({ body, headers });
}

/** The valid order with changed fields. */
export function orderWith(changes: object): RequestBuilder {
  return ({ validOrder }) => ({ json: { ...validOrder, ...changes } });
}

/** The valid order with changed fields in its line. */
export function lineWith(changes: object): RequestBuilder {
  return ({ validOrder }) => ({ json: { items: [{ ...validOrder.items[0], ...changes }] } });
}

/** The valid order with edited JSON, for bodies that JSON.stringify cannot write. */
export function orderJsonWith(search: string, replacement: string): RequestBuilder {
  return ({ validOrder }) => ({ body: JSON.stringify(validOrder).replace(search, replacement) });
}

export function orderWithHeaders(...headers: RawRequest['headers']): RequestBuilder {
  return ({ validOrder }) => ({ json: validOrder, headers });
}

/** Adds the default method, path and headers. */
export function toRawRequest(template: ReturnType<RequestBuilder>, context: FuzzContext): RawRequest {
  const { as = context.customer, json, headers = [], ...rest } = template;
  const has = (name: string): boolean => headers.some(([given]) => given.toLowerCase() === name);
  const body = rest.body ?? (json === undefined ? undefined : JSON.stringify(json));
  return {
    method: 'POST',
    path: '/api/v1/orders',
    ...rest,
    body,
    headers: [
      ...(as?.token === undefined || has('authorization') ? [] : [authorization(as)]),
      ...(body === undefined || has('content-type') ? [] : [JSON_TYPE]),
      ...headers.filter(([, value]) => value !== ABSENT),
    ],
  };
}

/** A header value that removes the default header. */
export const ABSENT = 'absent';
const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

function authorization({ token = '' }: Person): [string, string] {
  return ['Authorization', `Bearer ${token}`];
}
