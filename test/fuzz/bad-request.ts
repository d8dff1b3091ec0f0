import type { Person } from '../support/person.js';
import type { RawRequest, RawResponse } from './raw-http.js';
import type { FuzzContext } from './fuzz-context.js';

export type RequestBuilder = (
  context: FuzzContext,
) => Partial<RawRequest> & { as?: Person | null; json?: unknown };

/** A request that is wrong in one way, and the answer to it. */
export interface BadRequest {
  /** In the order of the corpus. */
  number: number;
  title: string;
  request: RequestBuilder;
  status: number;
  /** Sent before it. */
  first?: RequestBuilder;
  /** A field at fault, a code or words that the answer has. */
  contains?: string;
  /** Where it is no exchange of HTTP that a client library could make. */
  raw?: (context: FuzzContext) => string;
  /** Something that must hold of the answer beyond that. */
  check?: (reply: RawResponse, context: FuzzContext) => void | Promise<void>;
}

/** Collects rows, numbered on from the first. */
export function rows(
  first: number,
  list: [title: string, request: RequestBuilder, status: number, more?: string | Partial<BadRequest>][],
): BadRequest[] {
  return list.map(([title, request, status, more], index) => ({
    number: first + index,
    title,
    request,
    status,
    ...(typeof more === 'string' ? { contains: more } : more),
  }));
}

/** An order whose body is this text. */
export function text(body: string | Buffer, headers: RawRequest['headers'] = []): RequestBuilder {
  return () => ({ body, headers });
}

/** The good order with something else in it. */
export function order(change: object): RequestBuilder {
  return (context) => ({ json: { ...context.validOrder, ...change } });
}

/** The good order with something else in its line. */
export function line(change: object): RequestBuilder {
  return ({ validOrder }) => ({ json: { items: [{ ...validOrder.items[0], ...change }] } });
}

/** The good order with these header lines. */
export function withHeaders(...headers: [name: string, value: string][]): RequestBuilder {
  return (context) => ({ json: context.validOrder, headers });
}

/** As it goes over the wire: POST /orders by the customer, unless said otherwise. */
export function toRawRequest(making: ReturnType<RequestBuilder>, context: FuzzContext): RawRequest {
  const { as = context.customer, json, headers = [], ...rest } = making;
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

/** In place of a header's value: the header is not sent. */
export const ABSENT = 'absent';
const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

function authorization({ token = '' }: Person): [string, string] {
  return ['Authorization', `Bearer ${token}`];
}
