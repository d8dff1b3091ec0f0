import { Exclude, Expose } from 'class-transformer';
import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  type Relation,
} from 'typeorm';

/** Property names equal column and wire names, so that an entity is serialized as the response. */

@Entity('users')
export class User {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column() email: string;
  @Column() hashed_password: string;
  @Column() role: string;
}

@Entity('products')
export class Product {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column() name: string;
  @Column() base_price_cents: number;
  @Column({ type: 'timestamptz' }) withdrawn_at: Date | null;
}

@Entity('product_variations')
export class Variation {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column() name: string;
  @Column() price_change_cents: number;
  @Column({ type: 'timestamptz' }) withdrawn_at: Date | null;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Product;
}

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') customer_id: string;
  @Column() status: string;
  @Column() total_cents: number;
  @Column({ type: 'json' }) metadata: object | null;
  @Column({ default: () => `nextval('order_numbers')` }) number: number;
  @Column({ type: 'text' }) pickup_name: string | null;
  @Column({ type: 'text' }) note: string | null;
  @CreateDateColumn({ type: 'timestamptz' }) created_at: Date;
  @UpdateDateColumn({ type: 'timestamptz' }) updated_at: Date;
  @OneToMany(() => OrderItem, (item) => item.order, { cascade: true }) items: Relation<OrderItem>[];
  @OneToOne(() => Payment, (payment) => payment.order, { cascade: true }) payment: Relation<Payment>;

  @Expose()
  get cancellation(): null {
    return null;
  }

  @Expose()
  get refunded_cents(): number {
    return 0;
  }
}

@Entity('order_items')
export class OrderItem {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Exclude() @ManyToOne(() => Order, (order) => order.items) @JoinColumn({ name: 'order_id' }) order: Relation<Order>; // prettier-ignore
  @Exclude() @Column() position: number;
  @Column('uuid') product_id: string;
  @Column('uuid') variation_id: string;
  @Column() product_name: string;
  @Column() variation_name: string;
  @Column() quantity: number;
  @Column() product_base_price_cents: number;
  @Column() variation_price_change_cents: number;
  @Column() unit_price_cents: number;
  @Column() line_total_cents: number;
}

@Entity('payments')
export class Payment {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Exclude() @OneToOne(() => Order, (order) => order.payment) @JoinColumn({ name: 'order_id' }) order: Relation<Order>; // prettier-ignore
  @Column() amount_cents: number;
  @Exclude() @Column({ type: 'json' }) request_payload: object;
  @Exclude() @Column({ type: 'json' }) response_payload: object;
  @Column() response_status_code: number;
}

@Entity('idempotency_keys')
export class IdempotencyKey {
  @PrimaryColumn('uuid') user_id: string;
  @PrimaryColumn('bytea') key_hash: Buffer;
  @Column('bytea') fingerprint: Buffer;
  @Column('uuid') order_id: string;
  @Column('timestamptz') expires_at: Date;
}

@Entity('order_status_transitions')
export class Transition {
  @PrimaryColumn('uuid') order_id: string;
  @PrimaryColumn() to_status: string;
  @Column() from_status: string;
  @Column('uuid') changed_by: string;
  @Column() changed_by_role: string;
}

@Entity('notifications')
export class Notification {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid') order_id: string;
  @Column() sequence: number;
  @Column() status: string;
}
