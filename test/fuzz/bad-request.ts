import type { Person } from '../support/person.js';
import type { Exchange, Reply } from './exchange.js';
import type { World } from './world.js';

/** A request that is wrong in one way, and the answer to it. */
export interface BadRequest {
  /** In the order of the corpus. */
  number: number;
  words: string;
  request: (world: World) => Partial<Exchange> & { as?: Person | null; json?: unknown };
  status: number;
  /** Sent before it. */
  first?: BadRequest['request'];
  /** A field at fault, a code or words that the answer has. */
  says?: string;
  /** Where it is no exchange of HTTP that a client library could make. */
  raw?: (world: World) => string;
  /** Something that must hold of the answer beyond that. */
  holds?: (reply: Reply, world: World) => void | Promise<void>;
}

type Making = BadRequest['request'];

/** Collects rows, numbered on from the first. */
export function rows(
  first: number,
  list: [words: string, request: Making, status: number, more?: string | Partial<BadRequest>][],
): BadRequest[] {
  return list.map(([words, request, status, more], index) => ({
    number: first + index,
    words,
    request,
    status,
    ...(typeof more === 'string' ? { says: more } : more),
  }));
}

/** An order whose body is this text. */
export function text(body: string | Buffer, headers: Exchange['headers'] = []): Making {
  return () => ({ body, headers });
}

/** The good order with something else in it. */
export function order(change: object): Making {
  return (world) => ({ json: { ...world.order, ...change } });
}

/** The good order with something else in its line. */
export function line(change: object): Making {
  return ({ order: good }) => ({ json: { items: [{ ...good.items[0], ...change }] } });
}

/** The good order with these header lines. */
export function withHeaders(...headers: [name: string, value: string][]): Making {
  return (world) => ({ json: world.order, headers });
}

/** As it goes over the wire: POST /orders by the customer, unless said otherwise. */
export function toExchange(making: ReturnType<Making>, world: World): Exchange {
  const { as = world.customer, json, headers = [], ...rest } = making;
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
