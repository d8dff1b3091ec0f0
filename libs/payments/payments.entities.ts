import { Payment } from './payment.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const PAYMENT_ENTITIES = [Payment];
