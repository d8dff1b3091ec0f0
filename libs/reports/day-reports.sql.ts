import { literals } from '#database';
import { OPEN_PLACEMENT_STATES } from '#placements';

/** The statements of day-reports.repository.ts. Comments here say why. */

/** When the date $1 begins in the zone $2 whose days start at $3, and when the next one does. */
export const PERIOD_OF = `
  SELECT ($1::date + $3::time) AT TIME ZONE $2::text AS "from", ($1::date + 1 + $3::time) AT TIME ZONE $2::text AS "to"`;

const ORDERED = 'o.created_at >= $1 AND o.created_at < $2';
/** Counts elapsed hours. date_trunc would merge the two hours that have one local time when the clocks go back. */
const HOUR = 'floor(extract(epoch FROM o.created_at - $1) / 3600)::int';

/**
 * Each line is read once, for its product and for its hour. The columns of the other grouping are null. OFFSET 0 keeps the lines of an
 * order a search of the index: PostgreSQL would read the lines of all days to join those of a busy one.
 */
export const SALES = `
  SELECT ${HOUR} AS hour, i.product_id AS "productId", i.variation_id AS "variationId",
         i.product_name AS "productName", i.variation_name AS "variationName",
         sum(i.quantity) AS quantity, sum(i.line_total_cents) AS "grossCents"
    FROM orders o, LATERAL (SELECT * FROM order_items WHERE order_id = o.id OFFSET 0) i
   WHERE ${ORDERED}
   GROUP BY GROUPING SETS ((hour), (i.product_id, i.variation_id, i.product_name, i.variation_name))
   ORDER BY "grossCents" DESC, i.product_name, i.variation_name, i.product_id, i.variation_id`;

/** An order without a payment counts, too: it makes the difference visible. Not a join, for the same reason as above. */
export const PAYMENTS = `
  SELECT ${HOUR} AS hour, count(*) AS orders,
         coalesce(sum((SELECT amount_cents FROM payments WHERE order_id = o.id)), 0) AS "paymentsCents"
    FROM orders o
   WHERE ${ORDERED}
   GROUP BY hour`;

/** Without refunds of charges that became no order: such a charge is not in the payments either. */
export const REFUNDS = `
  SELECT reason, count(*) AS count, sum(amount_cents) AS "totalCents"
    FROM refunds
   WHERE state = 'refunded' AND settled_at >= $1 AND settled_at < $2 AND order_id IS NOT NULL
   GROUP BY reason`;

export const CANCELLED = `
  SELECT count(*) AS count FROM order_status_transitions
   WHERE to_status = 'cancelled' AND changed_at >= $1 AND changed_at < $2`;

/** The states as literals, so that PostgreSQL can use the partial index of placements that are not placed. */
export const IN_DOUBT = `
  SELECT count(*) AS count, coalesce(sum(total_cents), 0) AS cents
    FROM order_placements
   WHERE state IN (${literals(OPEN_PLACEMENT_STATES)}) AND created_at >= $1 AND created_at < $2`;
