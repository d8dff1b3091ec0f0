import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

const requestIds = new AsyncLocalStorage<string | undefined>();

/** Runs `work` so that every log line written by it, or by what it starts, carries the request id. */
export function runWithRequestId<Result>(requestId: string, work: () => Result): Result {
  return requestIds.run(requestId, work);
}

/** Returns the id of the request that the caller works for, if there is one. */
export function currentRequestId(): string | undefined {
  return requestIds.getStore();
}

/** Runs `work` without a request id. For events of what outlives its request, such as a pooled connection. */
export function runOutsideRequests<Result>(work: () => Result): Result {
  return requestIds.run(undefined, work);
}

/** Binds `work` to the present request. Needed if a queue runs it later, in the context of another request. */
export function bindToRequest<Result>(work: () => Result): () => Result {
  return AsyncResource.bind(work);
}
