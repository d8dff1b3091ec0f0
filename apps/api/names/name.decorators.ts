import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches } from 'class-validator';
import { cleanName } from './clean-name.js';
import { cleanNote } from './clean-note.js';

/** The limit of a text in characters after cleaning, and its documentation. */
type TextOptions = ApiPropertyOptions & { maxLength: number };

const NO_CONTROLS = /^\P{Cc}*$/u;
const NO_CONTROLS_BUT_LF = /^[\P{Cc}\n]*$/u;

/** Cleans and validates a name that people read, see cleanName. Refuses control characters. */
export function IsName(options: TextOptions): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ minLength: 1, ...options }),
    Cleaned(cleanName),
    IsString(),
    HasLength(1, options.maxLength),
    Matches(NO_CONTROLS, { message: '$property must not contain control characters' }),
  );
}

/** Cleans and validates an optional text of several lines, see cleanNote. An empty one counts as none. */
export function IsNote(options: TextOptions): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description: 'May have several lines; a blank text counts as none', ...options }),
    Cleaned((text) => cleanNote(text) || undefined),
    IsOptional(),
    IsString(),
    HasLength(0, options.maxLength),
    Matches(NO_CONTROLS_BUT_LF, {
      message: '$property must not contain control characters except line breaks',
    }),
  );
}

function Cleaned(clean: (text: string) => string | undefined): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? clean(value) : value));
}

/** Counts characters as PostgreSQL does: a surrogate pair is one. */
function HasLength(min: number, max: number): PropertyDecorator {
  const message = `$property must have ${min > 0 ? `${min} to` : 'at most'} ${max} characters`;
  return Matches(new RegExp(`^.{${min},${max}}$`, 'su'), { message });
}
