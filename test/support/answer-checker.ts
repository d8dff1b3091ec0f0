import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Schema } from '../openapi/schema-changes.js';
import {
  problemMembers,
  type DocumentedResponse,
  type OpenApiDocument,
  type Operation,
} from './openapi-document.js';

/** An answer of the API to an operation. */
export interface Answer {
  status: number;
  /** With names in lower case. */
  headers: Record<string, number | string | string[] | undefined>;
  body: string;
}

const PROBLEM = 'application/problem+json';

/** Any operation can give these, so it does not list them: a bug causes the first, HTTP itself the others. */
const UNDOCUMENTED = ['internal_error', 'malformed_request', 'request_timeout', 'header_too_large'];

/** Compares answers with the OpenAPI document. */
export class AnswerChecker {
  private ajv: Ajv | undefined;
  private readonly validators = new Map<unknown, ValidateFunction>();

  constructor(private readonly document: OpenApiDocument) {}

  /** Returns how an answer contradicts the document, or nothing. */
  faultOf(operation: Operation, { status, headers, body }: Answer): string | undefined {
    const type = String(headers['content-type'] ?? '').replace(/;.*/, '');
    const isJson = type.endsWith('json');
    const json: unknown = isJson && body !== '' ? JSON.parse(body) : undefined;
    const code = typeof json === 'object' && json && 'code' in json ? String(json.code) : '';
    if (UNDOCUMENTED.includes(code)) return undefined;
    const documented = operation.responses[status];
    if (!documented) return `the status is not documented ${code}`;
    return faultOfHeaders(documented, status, headers) ?? this.faultOfBody(documented, type, body, json);
  }

  private faultOfBody(
    documented: DocumentedResponse,
    type: string,
    body: string,
    json: unknown,
  ): string | undefined {
    const { content } = documented;
    if (!content) return body === '' ? undefined : 'a body is not documented';
    const media = content[type];
    if (!media) return `the type ${type} is not documented`;
    if (json === undefined) return undefined;
    const validate = this.validatorOf(media.schema);
    if (!validate(json)) return JSON.stringify(validate.errors);
    return type === PROBLEM ? this.faultOfMembers(documented, Object(json) as object) : undefined;
  }

  /** JSON Schema cannot close an allOf, of which problems consist. */
  private faultOfMembers(documented: DocumentedResponse, problem: object): string | undefined {
    const { Problem: common } = this.document.components.schemas;
    const known = { ...common?.properties, ...problemMembers(documented) };
    const unknown = Object.keys(problem).filter((name) => !(name in known));
    return unknown.length > 0 ? `${unknown.join(', ')} is not documented` : undefined;
  }

  /** Compiles each schema when it is first used. */
  private validatorOf(schema: object): ValidateFunction {
    this.ajv ??= this.createAjv();
    const validator = this.validators.get(schema) ?? this.ajv.compile(closedCopy(schema));
    this.validators.set(schema, validator);
    return validator;
  }

  private createAjv(): Ajv {
    const ajv = new Ajv({ strict: false, validateSchema: false });
    addFormats.default(ajv);
    ajv.addFormat('idn-email', /^[^@\s]+@[^@\s]+$/);
    const { components } = structuredClone(this.document);
    for (const [name, schema] of Object.entries(components.schemas)) if (name !== 'Problem') close(schema);
    return ajv.addSchema({ components }, 'document');
  }
}

/** Returns a copy of the schema of a response, whose objects inside a problem are closed. */
function closedCopy(schema: object): object {
  const copy = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as Schema;
  for (const { properties } of copy.allOf ?? []) close(properties ?? {});
  return copy;
}

/** Makes a schema refuse members that it does not list. */
function close(schema: object): void {
  for (const part of Object.values(schema))
    if (typeof part === 'object' && part !== null) close(part as object);
  if ('properties' in schema && 'type' in schema)
    Object.assign(schema, { additionalProperties: false, ...schema });
}

function faultOfHeaders(
  { headers: documented = {} }: DocumentedResponse,
  status: number,
  headers: Answer['headers'],
): string | undefined {
  const required = Object.keys(documented).filter((name) => documented[name]?.required);
  if (status === 429 || status === 503) required.push('Retry-After');
  const missing = required.filter((name) => headers[name.toLowerCase()] === undefined);
  if (missing.length > 0) return `without ${missing.join(', ')}`;
  const known = Object.keys(documented).map((name) => name.toLowerCase());
  const unknown = CLIENT_HEADERS.filter((name) => headers[name] !== undefined && !known.includes(name));
  return unknown.length > 0 ? `${unknown.join(', ')} is not documented` : undefined;
}

/** Clients use these, so that the document must list them wherever they are sent. */
const CLIENT_HEADERS = [
  'etag',
  'idempotent-replayed',
  'link',
  'location',
  'retry-after',
  'www-authenticate',
  'x-request-id',
];
