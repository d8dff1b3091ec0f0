import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpPaymentGateway } from './http-payment.gateway.js';
import { HttpRefundGateway } from './http-refund.gateway.js';
import { PaymentGateway } from './payment.gateway.js';
import { PaymentMetrics } from './payment-metrics.js';
import { PAYMENT_ENTITIES } from './payments.entities.js';
import { RefundGateway } from './refund.gateway.js';

/** Payments, refunds and their provider. Another provider is another `useClass`. */
@Module({
  imports: [TypeOrmModule.forFeature(PAYMENT_ENTITIES)],
  providers: [
    PaymentMetrics,
    { provide: PaymentGateway, useClass: HttpPaymentGateway },
    { provide: RefundGateway, useClass: HttpRefundGateway },
  ],
  exports: [PaymentGateway, RefundGateway],
})
export class PaymentsModule {}
