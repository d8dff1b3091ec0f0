/** The groups of the OpenAPI page, in the order of a day. Each operation is in one of them. */
export const TAGS = [
  ['Counter', 'What the counter works on now: open orders, what is sold out, and pauses.'],
  ['Orders', 'Place, find, follow and cancel orders.'],
  ['Money desk', 'Payments that need a decision, and money that goes back to customers.'],
  ['Menu', 'What the shop sells, and for how much.'],
  ['Shop', 'When the shop is open, and how many orders it takes at once.'],
  ['People', 'Who works here and who buys here; logging in and out, and your own account.'],
  ['Reports', 'The sales of a day, and who changed what.'],
  ['Notifications', 'The messages that tell another service about the status of orders.'],
  ['Service', 'Whether the software runs. For its operators.'],
] as const;
