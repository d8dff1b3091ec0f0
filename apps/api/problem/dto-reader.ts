import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { InvalidRequest, type FieldError } from '#errors';
import { ignoresUnknownFields } from './dto.decorators.js';

/** More than any DTO has. */
const MAX_MEMBERS = 20;

/** A field with `IsListOf`. */
interface List {
  elements: Type;
  maxLength: number;
}
/** The fields of a DTO class; null for a field that is not a list of DTOs. */
type Fields = Map<string, List | null>;

const fieldsOfType = new WeakMap<Type, Fields>();

/**
 * Makes DTOs of raw values. Counts members and elements before it looks at them, so that the work for a request depends on what the
 * DTO classes declare and not on what a client sends. Takes other objects and arrays, such as metadata, as they are.
 */
export class DtoReader {
  readonly unknownFields: FieldError[] = [];

  /**
   * @param path of `plain` in the request, '' for all of it
   * @param name of `plain` in messages
   * @throws InvalidRequest if an object has too many members, or a list too many elements
   */
  read(type: Type, plain: object, name: string, path = ''): object {
    const members: [string, unknown][] = Object.entries(plain);
    const isTolerant = ignoresUnknownFields(type);
    if (members.length > MAX_MEMBERS && !isTolerant)
      throw tooMany(name, `have more than ${MAX_MEMBERS} members`);
    const fields = fieldsOf(type);
    const scalars: Record<string, unknown> = {};
    const others: Record<string, unknown> = {};
    for (const [member, value] of members) {
      const list = fields.get(member);
      const field = path + member;
      if (list) others[member] = this.readList(list, value, field);
      else if (list === null) (isObject(value) ? others : scalars)[member] = value;
      else if (!isTolerant)
        this.unknownFields.push({ field, message: `property ${member} should not exist` });
    }
    const dto: unknown = plainToInstance(type, scalars);
    if (!isObject(dto)) throw new Error(`${type.name} is not a DTO class`);
    return Object.assign(dto, others);
  }

  /** Reads the elements of a list. A value of a wrong type is replaced by one that the validator refuses without reading it. */
  private readList({ elements, maxLength }: List, value: unknown, field: string): unknown {
    if (!Array.isArray(value)) return isObject(value) ? '' : value;
    if (value.length > maxLength) throw tooMany(field, `contain more than ${maxLength} elements`);
    return value.map((element: unknown, index) => {
      if (!isObject(element)) return element;
      const name = `${field}.${index}`;
      return Array.isArray(element) ? null : this.read(elements, element, name, `${name}.`);
    });
  }
}

/** Reads the fields of a DTO class, once, from its validators. */
function fieldsOf(type: Type): Fields {
  const cached = fieldsOfType.get(type);
  if (cached) return cached;
  const fields: Fields = new Map();
  for (const { propertyName, context, constraints } of validatorsOf(type)) {
    const elements: unknown = context?.elements;
    const maxLength: unknown = constraints?.[0];
    if (isType(elements) && typeof maxLength === 'number') fields.set(propertyName, { elements, maxLength });
    else if (!fields.has(propertyName)) fields.set(propertyName, null);
  }
  fieldsOfType.set(type, fields);
  return fields;
}

/** The parts of class-validator's metadata that are read here; it types them as `any`. */
interface Validator {
  propertyName: string;
  context?: { elements?: unknown };
  constraints?: unknown[];
}

function validatorsOf(type: Type): Validator[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
}

function tooMany(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message: `${field} must not ${message}` }]);
}

function isType(value: unknown): value is Type {
  return typeof value === 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
