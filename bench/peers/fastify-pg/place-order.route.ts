import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { TokenPayload } from './login.routes.js';
import { createLine, type OrderItem } from './order-lines.js';
import { findKey, findOrder, findVariations, insertOrder } from './order-queries.js';
import { sendError } from './replies.js';
import { ORDER_BODY } from './schemas.js';

interface PlaceOrder {
  Body: {
    items: OrderItem[];
    total_cents?: number;
    metadata?: object;
    pickup_name?: string;
    note?: string;
  };
}

/** Charges first and writes afterwards in one transaction: a crash in between leaves a charge without an order. */
export async function placeOrderRoute(app: FastifyInstance): Promise<void> {
  app.post<PlaceOrder>('/api/v1/orders', { schema: { body: ORDER_BODY } }, async (request, reply) => {
    const { sub: customerId } = await request.jwtVerify<TokenPayload>();
    const { items, total_cents, metadata, pickup_name: pickupName, note } = request.body;
    const header = request.headers['idempotency-key'];
    const key =
      typeof header === 'string'
        ? { hash: sha256(header), fingerprint: sha256(JSON.stringify(request.body)) }
        : undefined;
    const known = key && (await findKey(customerId, key.hash));
    if (known && !known.fingerprint.equals(key.fingerprint)) {
      return sendError(reply, 422, 'Idempotency-Key reused');
    }
    if (known) return reply.header('Idempotent-Replayed', 'true').send(await findOrder(known.order_id));

    const variations = await findVariations(items.map((item) => item.variation_id));
    const id = randomUUID();
    const lines = [];
    for (const [position, item] of items.entries()) {
      const { product_id, variation_id } = item;
      const variation = variations.find(
        (found) => found.id === variation_id && found.product_id === product_id,
      );
      if (!variation) {
        return sendError(reply, 400, `Invalid product_id or variation_id: ${product_id}, ${variation_id}`);
      }
      lines.push(createLine(id, position, item, variation));
    }
    const total = lines.reduce((sum, line) => sum + line.line_total_cents, 0);
    if (total_cents !== undefined && total_cents !== total) return sendError(reply, 409, 'Total mismatch');

    const payload = { value: total };
    const charge = await fetch(process.env.PAYMENT_SERVICE_URL ?? '', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
      body: JSON.stringify(payload),
    });
    const response = await charge.text();
    if (!charge.ok) return sendError(reply, 402, 'Payment failed');

    const payment = { id: randomUUID(), request: payload, response, status: charge.status };
    const texts = { pickupName, note };
    const order = await insertOrder({ id, customerId, total, metadata, ...texts, lines, payment, key });
    return reply.status(201).send({
      ...order,
      items: lines.map(({ order_id: _order, position: _position, ...line }) => line),
      payment: { id: payment.id, amount_cents: total, response_status_code: payment.status },
    });
  });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
