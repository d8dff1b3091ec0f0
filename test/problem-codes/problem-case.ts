import type { Test } from 'supertest';
import { PATH_PARAMETER } from '../support/openapi-document.js';
import type { Person } from '../support/person.js';
import type { ProblemContext } from './problem-context.js';

/** A response with problem details. */
export interface ProblemResponse {
  status: number;
  body: { code: string };
}

/** An operation, a problem as `status code`, and a request that provokes it. */
export type ProblemCase = [
  operation: string,
  problem: string,
  provoke: (context: ProblemContext) => PromiseLike<ProblemResponse>,
];

interface CallOptions {
  id?: string;
  memberId?: string;
  query?: string;
  body?: object | string;
}

/** A user of the development seed. */
export const CREDENTIALS = { username: 'customer@example.com', password: 'customer123' };
/** Nothing has this id. */
export const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000';

/** Calls an operation, by default with unknown ids and no body. A second id in the path is `memberId`. */
export function call(
  person: Person,
  operation: string,
  { id = UNKNOWN_ID, memberId = UNKNOWN_ID, query = '', body }: CallOptions = {},
): Test {
  const [method = '', path = ''] = operation.split(' ');
  const url = path.replace(/\{(id|date)\}/, id).replaceAll(PATH_PARAMETER, memberId) + query;
  if (method === 'GET') return person.get(url);
  if (method === 'DELETE') return person.delete(url);
  if (method === 'PUT') return person.put(url, body);
  return method === 'PATCH' ? person.patch(url, body) : person.post(url, body);
}

/** Sends the login form. */
export function logIn(person: Person, form: object | string): Test {
  return sendForm(person, 'POST /api/v1/auth/token', form);
}

export function sendForm(person: Person, operation: string, form: object | string): Test {
  return call(person, operation).type('form').send(form);
}

/** Sends a form that is not UTF-8. Uses fetch, because supertest sends text only. */
export async function sendInvalidText({ url }: { url: string }, operation: string): Promise<ProblemResponse> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const [method, path = ''] = operation.split(' ');
  const response = await fetch(url + path, { method, headers, body: Buffer.from([0xff]) });
  return { status: response.status, body: (await response.json()) as ProblemResponse['body'] };
}
