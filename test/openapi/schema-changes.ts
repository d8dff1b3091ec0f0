/** What the comparison reads of a schema. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export type Schemas = Record<string, Schema>;

/** Who must understand a value: the server what clients send, or clients what the server sends. */
export type Direction = 'request' | 'response';

/** What clients should know (`notes`), and what breaks them (`breaking`). */
export interface Changes {
  breaking: string[];
  notes: string[];
}

const LOWER_BOUNDS = ['minimum', 'minLength', 'minItems'] as const;
const UPPER_BOUNDS = ['maximum', 'maxLength', 'maxItems'] as const;

/** Compares schemas of two versions of a document. */
export class SchemaComparison {
  constructor(
    private readonly released: Schemas,
    private readonly current: Schemas,
    private readonly changes: Changes,
  ) {}

  /** @param where names the value in a message */
  compare(former: Schema, next: Schema, where: string, direction: Direction): void {
    const before = flatten(former, this.released);
    const after = flatten(next, this.current);
    const isRequest = direction === 'request';
    for (const key of ['type', 'format', 'pattern'] as const)
      if (before[key] !== after[key]) this.breaks(`${where}: ${key} ${before[key]} became ${after[key]}`);
    const [wide, narrow] = isRequest ? [before, after] : [after, before];
    if (wide.nullable && !narrow.nullable)
      this.breaks(`${where}: ${isRequest ? 'no longer' : 'now'} nullable`);
    this.compareEnums(before.enum, after.enum, where, isRequest);
    if (isRequest) this.compareBounds(before, after, where);
    if (before.items && after.items) this.compare(before.items, after.items, `${where}[]`, direction);
    before.oneOf?.forEach((variant, index) =>
      this.compare(variant, after.oneOf?.[index] ?? {}, `${where}|${index}`, direction),
    );
    this.compareProperties(before, after, where, direction);
  }

  private compareEnums(
    before: string[] | undefined,
    after: string[] | undefined,
    where: string,
    isRequest: boolean,
  ): void {
    const lost = before?.filter((value) => after && !after.includes(value)) ?? [];
    const added = before ? (after?.filter((value) => !before.includes(value)) ?? []) : [];
    if (isRequest && !before && after) this.breaks(`${where}: only some values are valid now`);
    if (isRequest && lost.length > 0) this.breaks(`${where}: ${lost.join(', ')} no longer valid`);
    if (!isRequest && added.length > 0) this.changes.notes.push(`${where}: also ${added.join(', ')}`);
    if (!isRequest && before && !after) this.breaks(`${where}: any value is possible now`);
  }

  private compareBounds(before: Schema, after: Schema, where: string): void {
    for (const bound of LOWER_BOUNDS)
      if ((after[bound] ?? -Infinity) > (before[bound] ?? -Infinity)) this.breaks(`${where}: ${bound} rose`);
    for (const bound of UPPER_BOUNDS)
      if ((after[bound] ?? Infinity) < (before[bound] ?? Infinity)) this.breaks(`${where}: ${bound} fell`);
  }

  private compareProperties(before: Schema, after: Schema, where: string, direction: Direction): void {
    for (const [name, property] of Object.entries(before.properties ?? {})) {
      const path = `${where}.${name}`;
      const successor = after.properties?.[name];
      // The server refuses members that it does not know.
      if (!successor) this.breaks(`${path}: removed`);
      else this.compare(property, successor, path, direction);
      if (direction === 'response' && before.required?.includes(name) && !after.required?.includes(name))
        this.breaks(`${path}: no longer always there`);
    }
    for (const name of after.required ?? [])
      if (direction === 'request' && !before.required?.includes(name))
        this.breaks(`${where}.${name}: now required`);
  }

  private breaks(message: string): void {
    this.changes.breaking.push(message);
  }
}

/** Resolves the reference of a schema, and joins what it consists of. */
function flatten(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref !== undefined) return flatten(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  return (schema.allOf ?? []).reduce<Schema>((joined, part) => {
    const other = flatten(part, schemas);
    return {
      ...joined,
      ...other,
      required: [...(joined.required ?? []), ...(other.required ?? [])],
      properties: { ...joined.properties, ...other.properties },
    };
  }, schema);
}
