import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsString } from 'class-validator';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, normalizeEmail } from '#users';

/** Validates the e-mail of a new user and brings it into the form that is stored. */
export function IsNewEmail(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'idn-email', example: 'ana@example.com' }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalizeEmail(value) : value)),
    IsEmail(undefined, { message: '$property must be an e-mail' }),
  );
}

/** Documents a new password. The services check it, because they know the e-mail. */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      format: 'password',
      minLength: MIN_PASSWORD_LENGTH,
      maxLength: MAX_PASSWORD_LENGTH,
      description: 'Any characters, but neither the e-mail nor a common password',
      example: 'three blue cups of tea',
    }),
    IsString(),
  );
}
