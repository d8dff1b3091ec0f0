import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { withTransaction } from './database.js';
import type { TokenPayload } from './login.routes.js';
import { findOrder } from './order-queries.js';
import { sendError } from './replies.js';
import { ORDER_ID, STATUS_BODY } from './schemas.js';

const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'];

interface ReadOrder {
  Params: { id: string };
}

interface ChangeStatus extends ReadOrder {
  Body: { status: string };
}

export async function orderRoutes(app: FastifyInstance): Promise<void> {
  app.get<ReadOrder>('/api/v1/orders/:id', { schema: { params: ORDER_ID } }, async (request, reply) => {
    const { sub, role } = await request.jwtVerify<TokenPayload>();
    const order = await findOrder(request.params.id, role === 'manager' ? undefined : sub);
    return order ?? sendError(reply, 404, 'Order not found');
  });

  app.patch<ChangeStatus>(
    '/api/v1/orders/:id/status',
    { schema: { params: ORDER_ID, body: STATUS_BODY } },
    async (request, reply) => {
      const { sub, role } = await request.jwtVerify<TokenPayload>();
      if (role !== 'manager') return sendError(reply, 403, 'Insufficient permissions');
      const { id } = request.params;
      const result = await changeStatus(id, request.body.status, sub);
      if (result === 'not found') return sendError(reply, 404, 'Order not found');
      if (result === 'invalid') return sendError(reply, 400, 'Invalid transition');
      return findOrder(id);
    },
  );
}

function changeStatus(
  id: string,
  to: string,
  managerId: string,
): Promise<'changed' | 'invalid' | 'not found'> {
  return withTransaction(async (client) => {
    const { rows } = await client.query<{ status: string }>(
      'SELECT status FROM orders WHERE id = $1 FOR UPDATE',
      [id],
    );
    const from = rows[0]?.status;
    if (from === undefined) return 'not found';
    const sequence = STATUSES.indexOf(to);
    if (sequence !== STATUSES.indexOf(from) + 1) return 'invalid';
    await client.query('UPDATE orders SET status = $2, updated_at = now() WHERE id = $1', [id, to]);
    await client.query(
      `INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by, changed_by_role) VALUES ($1, $2, $3, $4, 'manager')`,
      [id, from, to, managerId],
    );
    await client.query('INSERT INTO notifications (id, order_id, sequence, status) VALUES ($1, $2, $3, $4)', [
      randomUUID(),
      id,
      sequence,
      to,
    ]);
    return 'changed';
  });
}
