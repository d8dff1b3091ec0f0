import { Check, Column, CreateDateColumn, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** The payment of an order, one to one, with what was sent to the provider and what came back. */
@Entity('payments')
@Unique('payments_order_id_key', ['orderId'])
@Check('payments_amount_not_negative', 'amount_cents >= 0')
export class Payment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'payments_pkey' })
  id: string;

  @Column('uuid')
  @ForeignKey('Order', { name: 'payments_order_id_fkey' })
  orderId: string;

  @Column('int')
  amountCents: number;

  @Column('jsonb')
  requestPayload: unknown;

  @Column({ type: 'jsonb', nullable: true })
  responsePayload: unknown;

  /** Null where a manager found the charge at the provider, whose answer never came. */
  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
