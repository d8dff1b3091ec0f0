import { BEGIN, SETTLE_APPROVED } from '../libs/orders/placement/placement-steps.sql.js';

export const PLACEMENT_STATEMENTS = { begin: BEGIN, settleApproved: SETTLE_APPROVED };
