const UUID = { type: 'string', format: 'uuid' };

export const ORDER_ID = { type: 'object', properties: { id: UUID } };

export const STATUS_BODY = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string' } },
};

export const ORDER_BODY = {
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: {
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['product_id', 'variation_id', 'quantity'],
        additionalProperties: false,
        properties: {
          product_id: UUID,
          variation_id: UUID,
          quantity: { type: 'integer', minimum: 1, maximum: 100 },
        },
      },
    },
    total_cents: { type: 'integer', minimum: 0 },
    metadata: { type: 'object' },
    pickup_name: { type: 'string', minLength: 1, maxLength: 40 },
    note: { type: 'string', maxLength: 280 },
  },
};
