import createClient, { type Client } from 'openapi-fetch';
import { refusalOf, Unreachable } from './errors.js';
import type { paths } from '../../../clients/typescript/src/schema.js';

const TIMEOUT_MS = 10_000;

export type ApiClient = Client<paths>;

/**
 * Returns a typed client, whose calls throw Refused or Unreachable instead of returning an error.
 * @param api the URL of the API, without a slash at the end
 * @param send replaces fetch
 */
export function createApiClient(
  api: string,
  send: (request: Request) => Promise<Response> = sendOnce,
): ApiClient {
  const client = createClient<paths>({ baseUrl: api, fetch: send });
  client.use({
    onRequest: ({ request }) => new Request(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
    onResponse: async ({ response }) => {
      if (!response.ok) throw await refusalOf(response);
    },
  });
  return client;
}

/** @throws Unreachable if no answer comes */
export async function sendOnce(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    throw new Unreachable();
  }
}

/** Returns the body of a response that has one. */
export function dataOf<T>({ data }: { data?: T }): T {
  if (data === undefined) throw new Unreachable();
  return data;
}
