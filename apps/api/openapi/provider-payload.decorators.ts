import { ApiProperty } from '@nestjs/swagger';

const ANY_JSON = [
  { type: 'object', additionalProperties: true, nullable: true },
  { type: 'array', items: {} },
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
];

/** Documents what a provider sent back: any JSON, its text where that is none, null where nothing came. */
export function ApiProviderPayload(): PropertyDecorator {
  return ApiProperty({ oneOf: ANY_JSON, description: "The provider's body" });
}
