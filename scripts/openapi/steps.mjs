import { ADMIN_STEPS } from './admin-steps.mjs';
import { COUNTER_STEPS } from './counter-steps.mjs';

/**
 * @typedef {object} Step One request, which succeeds after those before it on a shop with the seed data.
 * @property {string} call the operationId
 * @property {string} [title] instead of the operation's summary
 * @property {number} status
 * @property {Record<string, string>} [path] the values of the path's parameters
 * @property {Record<string, string>} [query]
 * @property {Record<string, string>} [form]
 * @property {object} [json]
 * @property {string} [ifMatch]
 * @property {string} [bearer] the variable of another token than `token`; none is sent if it is empty
 * @property {Record<string, string>} [keep] variables, each of which is kept once, and where in the response they are
 */

/** Where the collections find the shop, and who they are. */
export const VARIABLES = {
  baseUrl: 'http://localhost:8000',
  email: 'manager@example.com',
  password: 'manager123',
  ticket: 'from-POST-/auth/stream-ticket',
};

/** Shown at the head of both collections. */
export const WARNING =
  'As a whole it changes the shop: it places an order, charges and refunds it, ends a pause, and adds users. Run that on a shop for trying only.';

/** @type {Record<string, Step[]>} */
export const STEPS = { ...COUNTER_STEPS, ...ADMIN_STEPS };
