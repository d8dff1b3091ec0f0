export { PAYMENT_ENTITIES } from './payment.entity.js';
export { PaymentGateway, type Charge, type ChargeOutcome, type ProviderAnswer } from './payment.gateway.js';
export { PaymentsModule } from './payments.module.js';
