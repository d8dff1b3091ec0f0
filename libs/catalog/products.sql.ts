/** Not `now()`: a transaction may have waited for a lock since its start. */
const NOW = 'statement_timestamp()';

/** A time of being sold out that has passed ends it, although the columns stay as they are. */
const isSoldOut = (row: string): string => `coalesce(${row}.sold_out_until > ${NOW}, ${row}.sold_out)`;
const soldOutUntil = (row: string): string =>
  `CASE WHEN ${row}.sold_out_until > ${NOW} THEN ${row}.sold_out_until END`;
const ms = (seconds: string): string => `(extract(epoch FROM ${seconds}) * 1000)::float8`;

/**
 * Products by name, variations by position, as they are at present, and in how many ms one of them changes without a write. Code point
 * order is the same on every server.
 */
const selectProducts = (condition: string): string => `
  SELECT p.id, p.name, p.base_price_cents AS "basePriceCents",
         ${isSoldOut('p')} AS "soldOut", ${ms(soldOutUntil('p'))} AS "soldOutUntilMs",
         coalesce(
           json_agg(
             json_build_object('id', v.id, 'name', v.name, 'priceChangeCents', v.price_change_cents,
                               'soldOut', ${isSoldOut('v')}, 'soldOutUntilMs', ${ms(soldOutUntil('v'))})
             ORDER BY v.position)
             FILTER (WHERE v.id IS NOT NULL),
           '[]') AS variations,
         ceil(${ms(`min(least(${soldOutUntil('p')}, min(${soldOutUntil('v')}))) OVER () - ${NOW}`)}) AS "validForMs"
    FROM products p
    LEFT JOIN product_variations v ON v.product_id = p.id AND v.withdrawn_at IS NULL
   WHERE p.withdrawn_at IS NULL AND ${condition}
   GROUP BY p.id
   ORDER BY p.name COLLATE "C"`;

export const MENU = selectProducts('true');
export const FIND_PRODUCT = selectProducts('p.id = $1');
/** Apart from FIND_PRODUCT, because groups cannot be locked. */
export const LOCK_PRODUCT = 'SELECT FROM products WHERE id = $1 FOR UPDATE';
export const IS_FUTURE = `SELECT $1::timestamptz > ${NOW} AS "isFuture"`;
