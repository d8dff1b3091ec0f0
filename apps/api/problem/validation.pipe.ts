import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { InvalidRequest } from '#errors';
import { findInvalidValue } from '#json';
import { DtoReader } from './dto-reader.js';
import { fieldErrors } from './field-errors.js';

/**
 * Turns a body, query or path into its DTO and validates it. Unknown fields are refused and no value is converted.
 * @throws InvalidRequest with every faulty field
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (!metatype || type === 'custom') return value;
    const plain = value === undefined ? {} : value;
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
      throw new InvalidRequest([{ field: type, message: `${type} must be an object` }]);
    }
    const reader = new DtoReader();
    const dto = reader.read(metatype, plain, type);
    const invalid = findInvalidValue(dto, type);
    if (invalid) throw new InvalidRequest([invalid]);
    const faults = [...reader.unknownFields, ...fieldErrors(validateSync(dto, { stopAtFirstError: true }))];
    if (faults.length > 0) throw new InvalidRequest(faults);
    return dto;
  }
}
