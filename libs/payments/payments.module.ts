import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpPaymentGateway } from './http-payment.gateway.js';

import { PaymentGateway } from './payment.gateway.js';
import { PAYMENT_ENTITIES } from './payments.entities.js';

/** Payments and their provider. Another provider is another `useClass`. */
@Module({
  imports: [TypeOrmModule.forFeature(PAYMENT_ENTITIES)],
  providers: [{ provide: PaymentGateway, useClass: HttpPaymentGateway }],
  exports: [PaymentGateway],
})
export class PaymentsModule {}
