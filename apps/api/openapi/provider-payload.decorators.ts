import { ApiProperty } from '@nestjs/swagger';

/** A provider's body: JSON, or text if it was not JSON, or null if none came. */
export const providerPayloadSchema = {
  oneOf: [
    { type: 'object', additionalProperties: true, nullable: true },
    { type: 'array', items: {} },
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
  ],
  description: "The provider's body",
};

/** Documents a property that holds a provider's body. */
export function ApiProviderPayload(): PropertyDecorator {
  return ApiProperty(providerPayloadSchema);
}
