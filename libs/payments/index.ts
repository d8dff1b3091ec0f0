export { PaymentGateway, type Charge, type ChargeOutcome } from './payment.gateway.js';
export { PAYMENT_ENTITIES } from './payments.entities.js';
export { PaymentsModule } from './payments.module.js';
export type { ProviderAnswer } from './provider-answer.js';
export { deriveProviderKey, providerKeyOf } from './provider-key.js';
export { providerKeySql } from './provider-key.sql.js';
export { resendPolicy } from './resend-policy.js';
export { RefundGateway, type RefundOutcome, type ProviderRefund } from './refund.gateway.js';
