import {
  Validate,
  ValidateBy,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { INSTANT_RULE, isInstant } from '#timing';

const LAST_YEAR = 9999;

@ValidatorConstraint()
class InstantConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return isInstant(value);
  }

  defaultMessage(): string {
    return `$property ${INSTANT_RULE}`;
  }
}

/** Validates a time, see `isInstant`. */
export function IsInstant(): PropertyDecorator {
  return Validate(InstantConstraint);
}

/** Validates a time that will be shown in UTC, where its year must have four digits, too. The offset can lead into the year 10000. */
export function IsShownInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isShownInstant',
    validator: {
      validate: (value) => isInstant(value) && new Date(value).getUTCFullYear() <= LAST_YEAR,
      defaultMessage: () => `$property ${INSTANT_RULE}, until the year ${LAST_YEAR} in UTC`,
    },
  });
}

/** Validates that a time is not before the one of another field. Accepts it if one of them is absent or not a time. */
export function IsNotBefore(field: string): PropertyDecorator {
  return ValidateBy({
    name: 'isNotBefore',
    validator: {
      validate: (value, found) => {
        const start: unknown = found && Reflect.get(found.object, field);
        return !(Date.parse(String(start)) > Date.parse(String(value)));
      },
      defaultMessage: () => `$property must not be before ${field}`,
    },
  });
}

/** Returns the time of a text that `IsInstant` accepts. */
export function toDate(text?: string): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
