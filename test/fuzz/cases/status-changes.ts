import { badRequests, type BadRequest, type RequestBuilder } from '../bad-request.js';
import { UNKNOWN_ID, type FuzzContext } from '../fuzz-context.js';

function change(
  json: unknown,
  id: (context: FuzzContext) => string = ({ waitingOrderId }) => waitingOrderId,
): RequestBuilder {
  return (context) => ({
    as: context.manager,
    method: 'PATCH',
    path: `/api/v1/orders/${id(context)}/status`,
    json,
  });
}

function status(value: unknown): RequestBuilder {
  return change({ status: value });
}

const deliveredId = ({ deliveredOrderId }: FuzzContext): string => deliveredOrderId;

export const STATUS_CHANGES: BadRequest[] = badRequests([
  ['waiting to ready', status('ready'), 400, 'current status is waiting, only next allowed is preparation'],
  ['waiting to delivered', status('delivered'), 400, 'Invalid transition'],
  ['the current status', status('waiting'), 400, 'Invalid transition'],
  ['delivered to ready', change({ status: 'ready' }, deliveredId), 400, 'only next allowed is none'],
  ['delivered to delivered', change({ status: 'delivered' }, deliveredId), 400, 'only next allowed is none'],
  ['a status in capitals', status('READY'), 400, 'Invalid status: READY'],
  ['an unknown status', status('cancelled'), 400, 'Invalid status: cancelled'],
  ['null', status(null), 422, 'status'],
  ['a number', status(1), 422, 'status'],
  ['an array', status(['preparation']), 422, 'status'],
  ['a customer', (context) => ({ ...status('preparation')(context), as: context.customer }), 403],
  ['an unknown order', change({ status: 'preparation' }, () => UNKNOWN_ID), 404, 'Order not found'],
  ['an unknown field', change({ status: 'preparation', total_cents: 0 }), 422, 'total_cents'],
  ['an empty object', change({}), 422, 'status'],
]);
