import { ValidateBy } from 'class-validator';

/** Accepts origins, separated by commas. `*` and `null` are none: they would admit pages that nobody named. */
export function IsCorsOrigins(): PropertyDecorator {
  return ValidateBy({
    name: 'isCorsOrigins',
    validator: {
      validate: (value) => typeof value === 'string' && corsOrigins(value).every(isOrigin),
      defaultMessage: () =>
        '$property must be origins such as https://shop.example.com, separated by commas, as browsers send them: without a path',
    },
  });
}

/** Returns the origins of a text that `IsCorsOrigins` accepts, none for undefined. */
export function corsOrigins(text?: string): string[] {
  return text?.split(',').map((origin) => origin.trim()) ?? [];
}

/** Returns whether a browser could send the text as its `Origin`: in lower case, without a default port. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}
