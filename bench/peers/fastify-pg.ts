import { createHash, randomUUID } from 'node:crypto';
import fastifyJwt from '@fastify/jwt';
import argon2 from 'argon2';
import Fastify, { type FastifyReply } from 'fastify';
import pg from 'pg';

/** The hand-written peer: Fastify and pg, the obvious way. It charges, then books in one transaction; a crash between is not its concern. */

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
await app.register(fastifyJwt, { secret: process.env.JWT_SECRET_KEY ?? '', sign: { expiresIn: '30m' } });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
  done(null, Object.fromEntries(new URLSearchParams(String(body)))),
);

interface User {
  sub: string;
  role: string;
}
interface Line {
  product_id: string;
  variation_id: string;
  quantity: number;
}
interface Choice {
  id: string;
  product_id: string;
  product: string;
  variation: string;
  base: number;
  change: number;
}
interface Booking {
  order_id: string;
  fingerprint: Buffer;
}

const NEXT = new Map([['waiting', 'preparation'], ['preparation', 'ready'], ['ready', 'delivered']]); // prettier-ignore
const SEQUENCE = ['waiting', 'preparation', 'ready', 'delivered'];
const UUID = { type: 'string', format: 'uuid' };
const ORDER_BODY = {
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
  },
};
const ORDER_ID = { type: 'object', properties: { id: UUID } };

app.get('/health/ready', async () => ({ status: 'ok' }));

app.post<{ Body: { username: string; password: string } }>('/api/v1/auth/token', async (request, reply) => {
  const { rows } = await pool.query<{ id: string; role: string; hashed_password: string }>(
    'SELECT id, role, hashed_password FROM users WHERE email = $1',
    [request.body.username.toLowerCase()],
  );
  const [user] = rows;
  if (!user || !(await argon2.verify(user.hashed_password, request.body.password))) {
    return refuse(reply, 401, 'Incorrect email or password');
  }
  const token = app.jwt.sign({ sub: user.id, role: user.role });
  return { access_token: token, token_type: 'bearer', expires_in: 1800 };
});

app.post<{ Body: { items: Line[]; total_cents?: number; metadata?: object } }>(
  '/api/v1/orders',
  { schema: { body: ORDER_BODY } },
  async (request, reply) => {
    const { sub } = await request.jwtVerify<User>();
    const { items, total_cents, metadata } = request.body;
    const key = request.headers['idempotency-key'];
    const hash = typeof key === 'string' ? sha256(key) : undefined;
    if (hash) {
      const { rows } = await pool.query<Booking>(
        'SELECT order_id, fingerprint FROM idempotency_keys WHERE user_id = $1 AND key_hash = $2 AND expires_at > now()',
        [sub, hash],
      );
      const [known] = rows;
      if (known && !known.fingerprint.equals(sha256(JSON.stringify(request.body)))) {
        return refuse(reply, 422, 'Idempotency-Key reused');
      }
      if (known) return reply.header('Idempotent-Replayed', 'true').send(await read(known.order_id));
    }
    const { rows: choices } = await pool.query<Choice>(
      `SELECT v.id, v.product_id, p.name AS product, v.name AS variation, p.base_price_cents AS base, v.price_change_cents AS change
         FROM product_variations v JOIN products p ON p.id = v.product_id
        WHERE v.id = ANY($1) AND v.withdrawn_at IS NULL AND p.withdrawn_at IS NULL`,
      [items.map((item) => item.variation_id)],
    );
    const id = randomUUID();
    const lines = [];
    for (const [position, { product_id, variation_id, quantity }] of items.entries()) {
      const choice = choices.find((found) => found.id === variation_id && found.product_id === product_id);
      if (!choice)
        return refuse(reply, 400, `Invalid product_id or variation_id: ${product_id}, ${variation_id}`);
      const price = choice.base + choice.change;
      lines.push({
        id: randomUUID(),
        order_id: id,
        position,
        product_id,
        variation_id,
        product_name: choice.product,
        variation_name: choice.variation,
        quantity,
        product_base_price_cents: choice.base,
        variation_price_change_cents: choice.change,
        unit_price_cents: price,
        line_total_cents: price * quantity,
      });
    }
    const total = lines.reduce((sum, line) => sum + line.line_total_cents, 0);
    if (total_cents !== undefined && total_cents !== total) return refuse(reply, 409, 'Total mismatch');

    const payload = { value: total };
    const charge = await fetch(process.env.PAYMENT_SERVICE_URL ?? '', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
      body: JSON.stringify(payload),
    });
    const answer = await charge.text();
    if (!charge.ok) return refuse(reply, 402, 'Payment failed');

    const paymentId = randomUUID();
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query<object>(
        `INSERT INTO orders (id, customer_id, status, total_cents, metadata) VALUES ($1, $2, 'waiting', $3, $4)
         RETURNING id, customer_id, status, total_cents, metadata, created_at, updated_at`,
        [id, sub, total, metadata],
      );
      await client.query('INSERT INTO order_items SELECT * FROM json_populate_recordset(NULL::order_items, $1)', [JSON.stringify(lines)]); // prettier-ignore
      await client.query(
        `INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [paymentId, id, total, payload, answer, charge.status],
      );
      if (hash) {
        await client.query(
          `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, order_id, expires_at)
           VALUES ($1, $2, $3, $4, now() + interval '24 hours')`,
          [sub, hash, sha256(JSON.stringify(request.body)), id],
        );
      }
      await client.query('COMMIT');
      const payment = { id: paymentId, amount_cents: total, response_status_code: charge.status };
      const shown = lines.map(({ order_id: _order, position: _position, ...line }) => line);
      return await reply.status(201).send({ ...rows[0], items: shown, payment });
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  },
);

app.get<{ Params: { id: string } }>(
  '/api/v1/orders/:id',
  { schema: { params: ORDER_ID } },
  async (request, reply) => {
    const { sub, role } = await request.jwtVerify<User>();
    const order = await read(request.params.id, role === 'manager' ? undefined : sub);
    return order ?? refuse(reply, 404, 'Order not found');
  },
);

app.patch<{ Params: { id: string }; Body: { status: string } }>(
  '/api/v1/orders/:id/status',
  {
    schema: {
      params: ORDER_ID,
      body: { type: 'object', required: ['status'], properties: { status: { type: 'string' } } },
    },
  },
  async (request, reply) => {
    const { sub, role } = await request.jwtVerify<User>();
    if (role !== 'manager') return refuse(reply, 403, 'Insufficient permissions');
    const { id } = request.params;
    const { status } = request.body;
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query<{ status: string }>(
        'SELECT status FROM orders WHERE id = $1 FOR UPDATE',
        [id],
      );
      const [order] = rows;
      if (!order || NEXT.get(order.status) !== status) {
        await client.query('ROLLBACK');
        return order ? refuse(reply, 400, 'Invalid transition') : refuse(reply, 404, 'Order not found');
      }
      await client.query('UPDATE orders SET status = $2, updated_at = now() WHERE id = $1', [id, status]);
      await client.query('INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by) VALUES ($1, $2, $3, $4)', [id, order.status, status, sub]); // prettier-ignore
      await client.query('INSERT INTO notifications (id, order_id, sequence, status) VALUES ($1, $2, $3, $4)', [randomUUID(), id, SEQUENCE.indexOf(status), status]); // prettier-ignore
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
    return read(id);
  },
);

async function read(id: string, customer?: string): Promise<object | undefined> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT o.id, o.customer_id, o.status, o.total_cents, o.metadata, o.created_at, o.updated_at,
            p.id AS payment_id, p.amount_cents, p.response_status_code
       FROM orders o JOIN payments p ON p.order_id = o.id
      WHERE o.id = $1 AND ($2::uuid IS NULL OR o.customer_id = $2)`,
    [id, customer],
  );
  if (!rows[0]) return undefined;
  const { payment_id, amount_cents, response_status_code, ...order } = rows[0];
  const { rows: items } = await pool.query<object>(
    `SELECT id, product_id, variation_id, product_name, variation_name, quantity, product_base_price_cents,
            variation_price_change_cents, unit_price_cents, line_total_cents
       FROM order_items WHERE order_id = $1 ORDER BY position`,
    [id],
  );
  return { ...order, items, payment: { id: payment_id, amount_cents, response_status_code } };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refuse(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.status(status).send({ status, detail });
}

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
