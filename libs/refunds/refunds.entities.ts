import { RefundResolution } from './refund-resolution.entity.js';
import { Refund } from './refund.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const REFUND_ENTITIES = [Refund, RefundResolution];
