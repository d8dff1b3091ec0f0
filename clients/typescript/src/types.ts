import type { components, operations } from './schema.js';

type Schemas = components['schemas'];

export type Order = Schemas['Order'];
export type PlaceOrder = Schemas['PlaceOrder'];
export type Refund = Schemas['Refund'];
export type RefundOrder = Schemas['RefundOrder'];

type ResponsesOf<Operation> = Operation extends { responses: infer Responses }
  ? Responses[keyof Responses]
  : never;
type ProblemOf<Response> = Response extends { content: { 'application/problem+json': infer Body } }
  ? Body
  : never;

/** The body of any refusal. What only some codes have, such as `opens_at`, is found with `in`. */
export type ProblemBody = ProblemOf<ResponsesOf<operations[keyof operations]>>;

/** Every code of the API, so that a misspelt one does not compile. */
export type ProblemCode = NonNullable<ProblemBody['code']>;
