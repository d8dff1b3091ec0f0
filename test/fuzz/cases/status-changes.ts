import { rows, type BadRequest, type RequestBuilder } from '../bad-request.js';
import type { FuzzContext } from '../fuzz-context.js';

const UNKNOWN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

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

const delivered = ({ deliveredOrderId }: FuzzContext): string => deliveredOrderId;

/** Steps that an order must not take. */
export const STATUS_CHANGES: BadRequest[] = rows(153, [
  ['waiting to ready', status('ready'), 400, 'current status is waiting, only next allowed is preparation'],
  ['waiting to delivered', status('delivered'), 400, 'Invalid transition'],
  ['the same status', status('waiting'), 400, 'Invalid transition'],
  ['backwards', change({ status: 'ready' }, delivered), 400, 'only next allowed is none'],
  ['after delivered', change({ status: 'delivered' }, delivered), 400, 'only next allowed is none'],
  ['capitals', status('READY'), 400, 'Invalid status: READY'],
  ['an unknown status', status('cancelled'), 400, 'Invalid status: cancelled'],
  ['null', status(null), 422, 'status'],
  ['a number', status(1), 422, 'status'],
  ['an array', status(['preparation']), 422, 'status'],
  ['a customer', (context) => ({ ...status('preparation')(context), as: context.customer }), 403],
  ['an unknown order', change({ status: 'preparation' }, () => UNKNOWN), 404, 'Order not found'],
  ['a field too many', change({ status: 'preparation', total_cents: 0 }), 422, 'total_cents'],
  ['nothing', change({}), 422, 'status'],
]);
