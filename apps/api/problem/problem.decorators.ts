import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { DomainError, InvalidRequest } from '#errors';
import { headers, HEADERS } from '../openapi/headers.js';
import { EXAMPLE_INSTANCE, EXAMPLE_REQUEST_ID, ProblemDto } from './dto/problem.dto.js';
import { MalformedPath } from './http-refusals.js';
import { extensionSchemas } from './problem-extensions.js';
import { problemOf, statusOf, type Refusal } from './problem.js';

/** A class of refusals. A class whose constructor takes arguments has an example. */
export type DocumentedRefusal = (new () => Refusal) | { readonly example: Refusal };

/** The refusals of a route whose only input is an id. */
export const INVALID_ID: DocumentedRefusal[] = [MalformedPath, invalidField('id', 'id must be a UUID')];

/** The refusal of one field by the schema. */
export function invalidField(field: string, message: string): DocumentedRefusal {
  return { example: new InvalidRequest([{ field, message }]) };
}

/** The refusals documented so far, by route method. */
const documented = new WeakMap<object, Refusal[]>();

/**
 * Documents how a route may refuse, or every route of a controller: for each status its codes, each with an example.
 * Several uses on one route add up.
 */
export function Problems(...classes: DocumentedRefusal[]): MethodDecorator & ClassDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (name !== undefined && descriptor) {
      document(target, name, descriptor, classes);
      return;
    }
    const prototype: unknown = 'prototype' in target ? target.prototype : undefined;
    if (typeof prototype !== 'object' || prototype === null) return;
    for (const [method, own] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (method !== 'constructor') document(prototype, method, own, classes);
  };
}

function document(
  prototype: object,
  name: string | symbol,
  descriptor: PropertyDescriptor,
  classes: DocumentedRefusal[],
): void {
  const method: unknown = descriptor.value;
  if (typeof method !== 'function') return;
  const earlier = documented.get(method) ?? [];
  const added = classes
    .map(exampleOf)
    .filter((refusal) => !earlier.some((other) => isSameProblem(other, refusal) && !isReplaceable(other)));
  const kept = earlier.filter((refusal) => !added.some((other) => isSameProblem(other, refusal)));
  documented.set(method, [...kept, ...added]);
  const responses = [...new Set(added.map(statusOf))].map((status) => {
    const isOfStatus = (refusal: Refusal): boolean => statusOf(refusal) === status;
    return responseOf(status, [...kept, ...added].filter(isOfStatus), added.filter(isOfStatus));
  });
  applyDecorators(ApiExtraModels(ProblemDto), ...responses)(prototype, name, descriptor);
}

function isSameProblem(one: Refusal, other: Refusal): boolean {
  return one.code === other.code && statusOf(one) === statusOf(other);
}

/** A body that is not JSON has the same code as a path that cannot be decoded, and is the better example. */
function isReplaceable(refusal: Refusal): boolean {
  return refusal instanceof MalformedPath;
}

function exampleOf(refusal: DocumentedRefusal): Refusal {
  return 'example' in refusal ? refusal.example : new refusal();
}

/** @param added those that the response of this status did not have before: ApiResponse appends to the earlier description */
function responseOf(status: number, refusals: Refusal[], added: Refusal[]): MethodDecorator {
  const codes = [...new Set(refusals.map(({ code }) => code))];
  const examples = refusals.map((refusal) => problemOf(refusal, EXAMPLE_INSTANCE, EXAMPLE_REQUEST_ID));
  return ApiResponse({
    status,
    description: added.map(({ detail }) => `\`${detail}\``).join('; '),
    headers: {
      ...retryAfterOf(status, refusals),
      ...(status === 401 && headers('WWW-Authenticate')),
      ...(refusals.some((refusal) => 'replayed' in refusal) && headers('Idempotent-Replayed')),
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: getSchemaPath(ProblemDto) },
            {
              type: 'object',
              required: ['code'],
              properties: { code: { type: 'string', enum: codes }, ...extensionSchemas(examples) },
            },
          ],
        },
        examples: Object.fromEntries(examples.map((value) => [value.code, { value }])),
      },
    },
  });
}

/** Returns the header of a response of which a repeat can help: every 429 and 503 has it, some of others. */
function retryAfterOf(status: number, refusals: Refusal[]): ReturnType<typeof headers> {
  if (status === 429 || status === 503) return headers('Retry-After');
  const isOptional = refusals.some((refusal) => refusal instanceof DomainError && refusal.retryAfterSeconds);
  return isOptional ? { 'Retry-After': { ...HEADERS['Retry-After'], required: false } } : {};
}
