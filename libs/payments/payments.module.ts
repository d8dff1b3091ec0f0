import { Module } from '@nestjs/common';
import { HttpPaymentGateway } from './http-payment.gateway.js';
import { PaymentGateway } from './payment.gateway.js';

/** The payment provider; another one is another `useClass`. */
@Module({
  providers: [{ provide: PaymentGateway, useClass: HttpPaymentGateway }],
  exports: [PaymentGateway],
})
export class PaymentsModule {}
