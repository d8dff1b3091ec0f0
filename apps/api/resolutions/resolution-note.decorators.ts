import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

const MAX_LENGTH = 1000;
/** At least one character that can be seen. */
const NOT_BLANK = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

/** Validates what a manager found at the provider. */
export function IsResolutionNote(example: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ minLength: 1, maxLength: MAX_LENGTH, pattern: NOT_BLANK.source, example }),
    IsString(),
    Length(1, MAX_LENGTH),
    Matches(NOT_BLANK, { message: '$property must not be blank' }),
  );
}
