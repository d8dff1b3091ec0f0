import { createHash, randomUUID } from 'node:crypto';
import { HttpService } from '@nestjs/axios';
import { BadRequestException, ConflictException, Injectable, NotFoundException, UnprocessableEntityException } from '@nestjs/common'; // prettier-ignore
import { InjectRepository } from '@nestjs/typeorm';
import { firstValueFrom } from 'rxjs';
import { DataSource, In, IsNull, Repository } from 'typeorm';
import { STATUSES, type PlaceOrderDto } from './dtos.js';
import {
  IdempotencyKey,
  Notification,
  Order,
  Payment,
  Transition,
  Variation,
  type User,
} from './entities.js';
import { createLine } from './order-lines.js';

@Injectable()
export class OrdersService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    @InjectRepository(Variation) private readonly variations: Repository<Variation>,
    @InjectRepository(IdempotencyKey) private readonly keys: Repository<IdempotencyKey>,
    private readonly dataSource: DataSource,
    private readonly http: HttpService,
  ) {}

  async place(user: User, body: PlaceOrderDto, key?: string): Promise<{ order: Order; replayed: boolean }> {
    const key_hash = key === undefined ? undefined : sha256(key);
    const fingerprint = sha256(JSON.stringify(body));
    if (key_hash) {
      const known = await this.keys.findOneBy({ user_id: user.id, key_hash });
      if (known && !known.fingerprint.equals(fingerprint)) throw new UnprocessableEntityException();
      if (known) return { order: await this.get(known.order_id, user), replayed: true };
    }
    const order = await this.createOrder(user, body);
    order.payment = await this.charge(order.total_cents);
    await this.dataSource.transaction(async (manager) => {
      await manager.save(order);
      if (!key_hash) return;
      const expires_at = new Date(Date.now() + 24 * 3_600_000);
      const order_id = order.id;
      await manager.save(IdempotencyKey, { user_id: user.id, key_hash, fingerprint, order_id, expires_at });
    });
    return { order, replayed: false };
  }

  async get(id: string, user: User): Promise<Order> {
    const order = await this.orders.findOne({
      where: { id, ...(user.role === 'manager' ? {} : { customer_id: user.id }) },
      relations: { items: true, payment: true },
      order: { items: { position: 'ASC' } },
    });
    if (!order) throw new NotFoundException('Order not found');
    return order;
  }

  async changeStatus(id: string, to_status: string, user: User): Promise<Order> {
    await this.dataSource.transaction(async (manager) => {
      const order = await manager.findOne(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!order) throw new NotFoundException('Order not found');
      const from_status = order.status;
      const sequence = STATUSES.indexOf(to_status);
      if (sequence !== STATUSES.indexOf(from_status) + 1) throw new BadRequestException('Invalid transition');
      order.status = to_status;
      await manager.save(order);
      await manager.save(Transition, {
        order_id: id,
        from_status,
        to_status,
        changed_by: user.id,
        changed_by_role: user.role,
      });
      await manager.save(Notification, { order_id: id, sequence, status: to_status });
    });
    return this.get(id, user);
  }

  private async createOrder(user: User, body: PlaceOrderDto): Promise<Order> {
    const { items, metadata = null, total_cents, pickup_name = null, note = null } = body;
    const variations = await this.variations.find({
      where: {
        id: In(items.map((item) => item.variation_id)),
        withdrawn_at: IsNull(),
        product: { withdrawn_at: IsNull() },
      },
      relations: { product: true },
    });
    const order = this.orders.create({
      customer_id: user.id,
      status: 'waiting',
      metadata,
      pickup_name,
      note,
    });
    order.items = items.map((item, position) => createLine(item, position, variations));
    order.total_cents = order.items.reduce((sum, line) => sum + line.line_total_cents, 0);
    if (total_cents !== undefined && total_cents !== order.total_cents) throw new ConflictException();
    return order;
  }

  private async charge(totalCents: number): Promise<Payment> {
    const payload = { value: totalCents };
    const headers = { 'Idempotency-Key': randomUUID() };
    const url = process.env.PAYMENT_SERVICE_URL ?? '';
    const charge = await firstValueFrom(this.http.post<object>(url, payload, { headers }));
    return Object.assign(new Payment(), {
      amount_cents: totalCents,
      request_payload: payload,
      response_payload: charge.data,
      response_status_code: charge.status,
    });
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
