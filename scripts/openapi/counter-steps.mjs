/** Any UUID: nothing has it, so that a request does no harm. */
const UNKNOWN = '{{$guid}}';
const order = { id: '{{order_id}}' };
const items = [{ product_id: '{{product_id}}', variation_id: '{{variation_id}}', quantity: 2 }];
const STREAM = { status: 401, bearer: '', query: { ticket: '{{ticket}}' } };

/** From the login to money that goes back. @type {Record<string, import('./steps.mjs').Step[]>} */
export const COUNTER_STEPS = {
  'Log in': [
    {
      call: 'issueToken',
      title: 'Log in',
      status: 200,
      form: { username: '{{email}}', password: '{{password}}', scope: 'offline_access' },
      keep: { token: 'access_token', refresh_token: 'refresh_token' },
    },
    {
      call: 'issueToken',
      title: 'Renew the tokens',
      status: 200,
      form: { grant_type: 'refresh_token', refresh_token: '{{refresh_token}}' },
      keep: { renewed_token: 'refresh_token' },
    },
    { call: 'getMyAccount', status: 200 },
    { call: 'issueStreamTicket', status: 201 },
  ],
  'Menu and shop': [
    {
      call: 'getMenu',
      status: 200,
      keep: { product_id: 'products[0].id', variation_id: 'products[0].variations[0].id' },
    },
    { call: 'getShop', status: 200 },
  ],
  Orders: [
    {
      call: 'placeOrder',
      status: 201,
      json: { items, pickup_name: 'Ada', note: 'Extra hot, please' },
      keep: { order_id: 'id' },
    },
    { call: 'getOrder', status: 200, path: order },
    { call: 'listMyOrders', status: 200 },
    { call: 'streamOrder', ...STREAM, title: 'Follow an order: 401 without a new ticket', path: order },
    { call: 'getBoard', status: 200 },
    { call: 'streamBoard', ...STREAM, title: 'Follow the board: 401 without a new ticket' },
    { call: 'changeOrderStatus', status: 200, path: order, json: { status: 'preparation' } },
    { call: 'searchOrders', status: 200 },
  ],
  'Money that goes back': [
    {
      call: 'refundOrder',
      status: 201,
      path: order,
      json: { amount_cents: 100, reason: 'quality', note: 'The milk was sour' },
      keep: { refund_id: 'id' },
    },
    { call: 'listOrderRefunds', status: 200, path: order },
    { call: 'getRefund', status: 200, path: { ...order, refund_id: '{{refund_id}}' } },
    { call: 'cancelOrder', status: 200, path: order, json: { reason: 'customer_request' } },
    { call: 'getOrderTimeline', status: 200, path: order },
    { call: 'listRefunds', status: 200 },
    {
      call: 'resolveRefund',
      title: 'Settle a refund: 404 for an unknown one',
      status: 404,
      path: { id: UNKNOWN },
      json: { outcome: 'refunded', note: 'Refund re_123 found in the books of the provider' },
    },
    { call: 'listPlacements', status: 200, keep: { placement_id: '[0].id' } },
    { call: 'getPlacement', status: 200, path: { id: '{{placement_id}}' } },
    {
      call: 'resolvePlacement',
      title: 'Settle a placement: 404 for an unknown one',
      status: 404,
      path: { id: UNKNOWN },
      json: { outcome: 'charged', note: 'Charge ch_123 found in the books of the provider' },
    },
  ],
};
