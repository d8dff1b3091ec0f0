import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { findInvalidValue } from '#json';
import { droppedFields, fieldErrors, InvalidRequest } from './validation.errors.js';

/**
 * Turns a body, query or path into its DTO and validates it. Unknown fields are refused and no value is converted.
 * @throws InvalidRequest with every faulty field
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (!metatype || type === 'custom') return value;
    const plain = value ?? {};
    if (typeof plain !== 'object' || Array.isArray(plain)) {
      throw new InvalidRequest([{ field: type, message: `${type} must be an object` }]);
    }
    const invalid = findInvalidValue(plain, type);
    if (invalid) throw new InvalidRequest([invalid]);
    const dto: unknown = plainToInstance(metatype, plain);
    if (typeof dto !== 'object' || dto === null) throw new Error(`${metatype.name} is not a DTO class`);
    const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
    const faults = [...droppedFields(plain, dto), ...fieldErrors(errors)];
    if (faults.length > 0) throw new InvalidRequest(faults);
    return dto;
  }
}
