import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { findInvalidValue } from '#json';
import { fieldErrors, ignoredFields, InvalidRequest } from './validation.errors.js';

/**
 * Makes a DTO of a body, query or path and checks it; unknown fields are refused and nothing is converted on the way.
 * @throws InvalidRequest naming every field at fault
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (!metatype || type === 'custom') return value;
    const plain = value ?? {};
    if (typeof plain !== 'object' || Array.isArray(plain)) {
      throw new InvalidRequest([{ field: type, message: `${type} must be an object` }]);
    }
    const unstorable = findInvalidValue(plain, type);
    if (unstorable) throw new InvalidRequest([unstorable]);
    const dto: unknown = plainToInstance(metatype, plain);
    if (typeof dto !== 'object' || dto === null) throw new Error(`${metatype.name} is no DTO`);
    const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
    const faults = [...ignoredFields(plain, dto), ...fieldErrors(errors)];
    if (faults.length > 0) throw new InvalidRequest(faults);
    return dto;
  }
}
