import { applyDecorators, type Type } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';

const TOLERANT = new WeakSet<object>();

/** Validates a list of at most `maxLength` objects of another DTO class. DtoReader reads both from here. */
export function IsListOf(elements: Type, maxLength: number): PropertyDecorator {
  return applyDecorators(
    ValidateNested({ each: true }),
    IsObject({ each: true }),
    ArrayMaxSize(maxLength, { context: { elements } }),
    IsArray(),
  );
}

/** Lets requests have fields that the DTO class does not declare. They are ignored. */
export function IgnoresUnknownFields(): ClassDecorator {
  return (type) => void TOLERANT.add(type);
}

export function ignoresUnknownFields(type: Type): boolean {
  return TOLERANT.has(type);
}
