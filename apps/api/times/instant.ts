import {
  isRFC3339,
  Validate,
  ValidateBy,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { isRealDay } from './is-real-day.js';

@ValidatorConstraint()
class InstantConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isRFC3339(value) && /t/i.test(value) && isRealTime(value);
  }

  defaultMessage(): string {
    return '$property must be an RFC 3339 time with an offset, such as 2026-11-24T10:00:00Z';
  }
}

/** Validates a time of RFC 3339 that `Date` can read, which excludes leap seconds. */
export function IsInstant(): PropertyDecorator {
  return Validate(InstantConstraint);
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

function isRealTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && isRealDay(text.slice(0, 10));
}
