import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { AuditContext } from './audit-context.js';

const PRODUCTS = '/api/v1/admin/products';

describe('a change and its audit entry', () => {
  let context: AuditContext;

  beforeAll(async () => {
    context = await AuditContext.start();
  });
  afterAll(() => context.close());

  async function statusOf(id: string): Promise<string> {
    const { body } = await context.manager.get(`/api/v1/orders/${id}`).expect(200);
    return (body as OrderDto).status;
  }

  /** Sends a request to an API that kills itself at the failpoint. */
  async function crashAt(failpoint: string, send: (api: ApiProcess) => Promise<unknown>): Promise<void> {
    const environment = { ...context.app.environment, FAILPOINTS: `${failpoint}=kill:1` };
    const api = await ApiProcess.start(environment);
    await expect(send(api)).rejects.toThrow();
    await api.program.exited;
  }

  it('happen once for 20 concurrent status changes', async () => {
    const { id } = await context.placeOrder();

    const responses = await Promise.all(
      Array.from({ length: 20 }, () => context.manager.changeStatus(id, 'preparation')),
    );

    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await context.about(id)).toHaveLength(1);
  });

  it('happen once for 20 concurrent refunds with one key', async () => {
    const { id } = await context.placeOrder();
    const key = randomUUID();
    const refund = { amount_cents: 100, reason: 'quality' };

    const responses = await Promise.all(
      Array.from({ length: 20 }, () =>
        context.manager.post(`/api/v1/orders/${id}/refunds`, refund).set('Idempotency-Key', key),
      ),
    );

    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(await context.about(responses[0]?.body.id)).toHaveLength(1);
  });

  it.each([
    ['order.transition.before', 'waiting'],
    ['order.transition.after', 'waiting'],
    ['order.change_status.after', 'preparation'],
  ])('survive a crash at %s together or not at all', async (failpoint, status) => {
    const { id } = await context.placeOrder();

    await crashAt(failpoint, async (api) => api.clientFor(context.manager).changeStatus(id, 'preparation'));

    expect(await statusOf(id)).toBe(status);
    expect(await context.about(id)).toHaveLength(status === 'waiting' ? 0 : 1);
  });

  it.each(['audit.add.before', 'audit.add.after'])('vanish together in a crash at %s', async (failpoint) => {
    const product = context.newProduct();
    const before = await context.count();

    await crashAt(failpoint, async (api) => api.clientFor(context.manager).post(PRODUCTS, product));

    expect(await context.count()).toBe(before);
    await context.manager.post(PRODUCTS, product).expect(201);
  });
});
