/** How products and variations show that they are not sold out. */
export const AVAILABLE = { sold_out: false, sold_out_until: null };
