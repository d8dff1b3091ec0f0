type JsonValue = string | number | boolean | object;

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  format?: string;
  example?: JsonValue;
  default?: JsonValue;
  enum?: unknown[];
  minimum?: number;
  readOnly?: boolean;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
}

interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** An operation of the document in the page at /docs. */
export interface PageOperation {
  /** For example `GET /api/v1/orders/{id}`. */
  name: string;
  method: string;
  path: string;
  schemas: Record<string, Schema>;
  parameters?: { name: string; in: string; required?: boolean; example?: JsonValue; schema: Schema }[];
  requestBody?: { content: Record<string, Media> };
}

/** Returns what Swagger UI sends if nothing is filled in. The path is undefined if a parameter of it is missing. */
export function prefilledRequest({ path, parameters = [], requestBody, schemas }: PageOperation): {
  path?: string;
  body?: object;
  isForm: boolean;
} {
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: place, example, schema } of parameters) {
    const value = example ?? schema.example ?? schema.default;
    if (value === undefined) continue;
    if (place === 'path') filled = filled.replace(`{${name}}`, JSON.stringify(value).replaceAll('"', ''));
    if (place === 'query') query.set(name, JSON.stringify(value).replaceAll('"', ''));
  }
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const isForm = type !== undefined && type !== 'application/json';
  return {
    path: filled.includes('{') ? undefined : `${filled}?${query.toString()}`,
    body: media && (isForm ? formOf(media.schema, schemas) : bodyOf(media, schemas)),
    isForm,
  };
}

function bodyOf({ example, examples, schema }: Media, schemas: Record<string, Schema>): object {
  const [first] = Object.values(examples ?? {});
  return Object(example ?? first?.value ?? sample(schema, schemas));
}

/** A form has a field for each property. The empty ones are not sent. */
function formOf(schema: Schema, schemas: Record<string, Schema>): object {
  const { properties = {} } = resolve(schema, schemas);
  const fields = Object.entries(properties).map(([name, field]) => [name, field.example ?? field.default]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** Returns a value as Swagger UI makes one up from a schema. */
function sample(schema: Schema, schemas: Record<string, Schema>): unknown {
  const {
    example,
    default: preset,
    enum: values,
    type,
    items,
    properties,
    minimum,
  } = resolve(schema, schemas);
  const given = example ?? preset ?? values?.[0];
  if (given !== undefined) return given;
  if (properties) {
    const writable = Object.entries(properties).filter(([, property]) => property.readOnly !== true);
    return Object.fromEntries(writable.map(([name, property]) => [name, sample(property, schemas)]));
  }
  if (items) return [sample(items, schemas)];
  return type === 'integer' ? (minimum ?? 0) : type === 'boolean' ? true : 'string';
}

function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
  const { $ref, allOf = [] } = schema;
  const base = $ref === undefined ? {} : schemas[$ref.replace('#/components/schemas/', '')];
  return Object.assign({}, ...allOf.map((part) => resolve(part, schemas)), base, schema);
}
