import { Check, Column, CreateDateColumn, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** The payment of an order, one to one, with the provider's request and response. */
@Entity('payments')
@Unique('payments_order_id_key', ['orderId'])
@Check('payments_amount_not_negative', 'amount_cents >= 0')
export class Payment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'payments_pkey' })
  id: string;

  /** Names its target by a string, because orders are a layer above payments. */
  @Column('uuid')
  @ForeignKey('Order', { name: 'payments_order_id_fkey' })
  orderId: string;

  @Column('int')
  amountCents: number;

  /** What is sent for this amount. */
  @Column('json')
  requestPayload: unknown;

  @Column({ type: 'json', nullable: true })
  responsePayload: unknown;

  /** Null if nothing was sent because the amount is 0, or if the provider never answered and a manager confirmed the charge. */
  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
