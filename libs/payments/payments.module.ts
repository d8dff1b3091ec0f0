import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpPaymentGateway } from './http-payment.gateway.js';
import { Payment } from './payment.entity.js';
import { PaymentGateway } from './payment.gateway.js';

/** The payment provider; another one is another `useClass`. */
@Module({
  imports: [TypeOrmModule.forFeature([Payment])],
  providers: [{ provide: PaymentGateway, useClass: HttpPaymentGateway }],
  exports: [PaymentGateway],
})
export class PaymentsModule {}
