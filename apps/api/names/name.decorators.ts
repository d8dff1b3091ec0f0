import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Matches } from 'class-validator';
import { cleanName } from './clean-name.js';

/** Counts characters as PostgreSQL does: a surrogate pair is one. */
const NAME = /^.{1,255}$/su;
const NO_CONTROLS = /^\P{Cc}*$/u;

/** Cleans and validates a name that people read and that must be unique, see cleanName. Refuses control characters. */
export function IsName(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? cleanName(value) : value)),
    Matches(NAME, { message: '$property must have 1 to 255 characters' }),
    Matches(NO_CONTROLS, { message: '$property must not contain control characters' }),
    IsString(),
  );
}
