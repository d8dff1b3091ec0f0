/** `difference`: somebody must act. `open`: the database or this statement does not decide it. `note`: nothing is wrong. */
type FindingCategory = 'difference' | 'open' | 'note';

interface FindingType {
  category: FindingCategory;
  meaning: string;
  action: string;
}

const RESOLVE_CHARGE = 'POST /admin/placements/{id}/resolve';
const RESOLVE_REFUND = 'POST /admin/refunds/{id}/resolve';
const LATER = 'Compare a statement that begins earlier or ends later.';
const IF_COMPLETE = 'if the statement reaches up to now';

/** What the provider and the database can differ in, in the order of the report. */
export const FINDINGS = {
  charge_forgotten: {
    category: 'difference',
    meaning: 'The provider has a charge that the database does not know, as after a restore of a backup.',
    action:
      'Refund it at the provider. If its key is a UUID of version 8 and the provider honours keys, wait for the end of its UTC day: until then, a client that repeats its key gets its order for this charge.',
  },
  charge_refused: {
    category: 'difference',
    meaning: 'The provider has a charge of an attempt that the customer saw fail.',
    action: 'Refund it at the provider.',
  },
  charged_twice: {
    category: 'difference',
    meaning: 'The statement has several charges with one key.',
    action: 'Check at the provider whether they are one charge. Refund the others there.',
  },
  charge_shared: {
    category: 'difference',
    meaning: 'Several orders have one charge, because their charges had one key.',
    action:
      'Only one of them is paid. Ask the customer to pay the others. A refund of any of them gives back the one charge.',
  },
  charge_amount_differs: {
    category: 'difference',
    meaning: 'The provider charged another amount than the total of the order.',
    action: 'Refund at the provider what is too much. Report the provider if it charged too little.',
  },
  charge_missing: {
    category: 'difference',
    meaning: 'The charge is paid in the database, and the statement does not have it.',
    action: 'Ask the provider for this key. Do not refund the order before the charge is found.',
  },
  refund_forgotten: {
    category: 'difference',
    meaning: 'The provider has a refund that the database does not know.',
    action:
      'Do not send it again: without PAYMENT_REFUND_URL, request a refund of this amount, or cancel the order, and resolve it as `refunded`.',
  },
  refund_rejected: {
    category: 'difference',
    meaning: 'The provider made a refund that is rejected in the database.',
    action:
      'Do not send it again: without PAYMENT_REFUND_URL, request a refund of this amount and resolve it as `refunded`.',
  },
  refunded_twice: {
    category: 'difference',
    meaning: 'The statement has several refunds with one key.',
    action: 'Check at the provider whether they are one refund. Report the others to the provider.',
  },
  refund_amount_differs: {
    category: 'difference',
    meaning: 'The provider refunded another amount than was requested.',
    action: 'Refund the rest at the provider, or report to the provider what is too much.',
  },
  refund_charge_differs: {
    category: 'difference',
    meaning: 'The provider refunded another charge than was requested.',
    action: 'Check at the provider who got the money.',
  },
  refund_missing: {
    category: 'difference',
    meaning: 'The refund is made in the database, and the statement does not have it.',
    action:
      'Look for it at the provider, also with another key or at an earlier time. Otherwise refund the charge there.',
  },
  refunds_exceed_charge: {
    category: 'difference',
    meaning: 'The refunds of a charge in the statement are more than the charge.',
    action: 'Report the rest to the provider, or ask the customer to pay it back.',
  },
  payment_differs: {
    category: 'difference',
    meaning: 'The order has no payment of its total.',
    action: 'The database was changed by hand or is damaged: compare it with a backup.',
  },
  order_without_placement: {
    category: 'difference',
    meaning: 'The order has no placement, so that its charge cannot be compared.',
    action: 'The database was changed by hand or is damaged: compare it with a backup.',
  },
  charge_unconfirmed: {
    category: 'open',
    meaning: 'The provider has a charge whose outcome the database does not know.',
    action: `\`charging\`: it settles by itself. Others: ${RESOLVE_CHARGE} with \`charged\`, or \`not_charged\` if it was refunded there.`,
  },
  charge_unanswered: {
    category: 'open',
    meaning: 'The database does not know the outcome of a charge, and the statement does not have it.',
    action: `\`charging\`: it settles by itself. Others: ${IF_COMPLETE}, ${RESOLVE_CHARGE} with \`not_charged\`.`,
  },
  charge_waits_for_refund: {
    category: 'open',
    meaning: 'The charge became no order, and its refund was rejected.',
    action: `${RESOLVE_CHARGE} with \`charged\` requests another refund.`,
  },
  refund_unconfirmed: {
    category: 'open',
    meaning: 'The provider made a refund whose outcome the database does not know.',
    action: `\`unknown\`: ${RESOLVE_REFUND} with \`refunded\`. \`sending\`: it settles by itself. \`pending\`, as after a restore: stop the worker, which would pay it again, and resolve it with an API that has no PAYMENT_REFUND_URL.`,
  },
  refund_unanswered: {
    category: 'open',
    meaning: 'The database does not know the outcome of a refund, and the statement does not have it.',
    action: `\`sending\`: it settles by itself. \`unknown\`: ${IF_COMPLETE}, ${RESOLVE_REFUND} with \`not_refunded\` and request it again.`,
  },
  refund_pending: {
    category: 'open',
    meaning: 'The refund is not sent yet, and the statement does not have it.',
    action: `With PAYMENT_REFUND_URL the worker sends it. Without it, refund this amount at the provider, then ${RESOLVE_REFUND} with \`refunded\`.`,
  },
  charge_outside_period: {
    category: 'open',
    meaning:
      'The charge is paid in the database, and the statement does not have it. It may have been made outside of the period.',
    action: LATER,
  },
  refund_outside_period: {
    category: 'open',
    meaning:
      'The refund is made in the database, and the statement does not have it. It may have been made outside of the period.',
    action: LATER,
  },
  charge_forgotten_refunded: {
    category: 'note',
    meaning: 'The provider has a charge that the database does not know, and refunded all of it.',
    action: 'Nothing.',
  },
  charge_refused_refunded: {
    category: 'note',
    meaning: 'The provider has a charge of an attempt that the customer saw fail, and refunded all of it.',
    action: 'Nothing.',
  },
  refund_without_order: {
    category: 'note',
    meaning: 'The provider refunded a charge that has no order.',
    action: 'Nothing. The charge is listed if there is more to refund.',
  },
} as const satisfies Record<string, FindingType>;

export type FindingCode = keyof typeof FINDINGS;
