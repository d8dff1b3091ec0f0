import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './operations.js';

type Content = Record<string, { schema?: object }>;

/** Describes each successful response that has no description by what it contains, such as `The order` or `The audit entries`. */
export function describeResponses(document: OpenAPIObject): void {
  for (const { responses } of operationsOf(document))
    for (const response of Object.values(responses))
      if (response && 'description' in response && response.description === '')
        response.description = contentOf(response.content);
}

function contentOf(content: Content = {}): string {
  const { schema = {} } = content['application/json'] ?? {};
  if ('$ref' in schema) return `The ${wordsOf(schema.$ref)}`;
  if ('items' in schema && typeof schema.items === 'object' && schema.items && '$ref' in schema.items)
    return `The ${pluralOf(wordsOf(schema.items.$ref))}`;
  return 'Done';
}

/** Returns for example `audit entry` for the schema AuditEntry. */
function wordsOf(ref: unknown): string {
  const name = String(ref).split('/').at(-1) ?? '';
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function pluralOf(word: string): string {
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
