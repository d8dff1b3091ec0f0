export { PaymentGateway, type Charge, type ChargeOutcome, type ProviderAnswer } from './payment.gateway.js';
export { PAYMENT_ENTITIES } from './payments.entities.js';
export { PaymentsModule } from './payments.module.js';
