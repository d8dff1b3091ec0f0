import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { HttpPaymentGateway } from './http-payment.gateway.js';
import { PaymentGateway } from './payment.gateway.js';

/** The payment provider; another one is another `useClass`. */
@Module({
  imports: [
    HttpModule.register({
      httpAgent: new HttpAgent({ keepAlive: false }),
      httpsAgent: new HttpsAgent({ keepAlive: false }),
      maxRedirects: 0,
      decompress: false,
      proxy: false,
      responseType: 'stream',
      validateStatus: () => true,
    }),
  ],
  providers: [{ provide: PaymentGateway, useClass: HttpPaymentGateway }],
  exports: [PaymentGateway],
})
export class PaymentsModule {}
