/**
 * @typedef {object} Step One request, which succeeds after those before it on a shop with the seed data.
 * @property {string} call the operationId
 * @property {string} [title] instead of the operation's summary
 * @property {number} status
 * @property {Record<string, string>} [path] the values of the path's parameters
 * @property {Record<string, string>} [query]
 * @property {Record<string, string>} [form]
 * @property {object} [json]
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

const PASSWORD = 'three blue cups of tea';
/** Any UUID: nothing has it, so that a request does no harm. */
const UNKNOWN = '{{$guid}}';
const order = { id: '{{order_id}}' };
const product = { id: '{{new_product_id}}' };
const user = { id: '{{user_id}}' };
const items = [{ product_id: '{{product_id}}', variation_id: '{{variation_id}}', quantity: 2 }];
const STREAM = { status: 401, bearer: '', query: { ticket: '{{ticket}}' } };

/** @type {Record<string, Step[]>} */
export const WALK = {
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
  'Change the menu': [
    {
      call: 'createProduct',
      status: 201,
      json: {
        name: 'Flat White {{$guid}}',
        base_price_cents: 420,
        variations: [{ name: 'Oat Milk', price_change_cents: 60 }],
      },
      keep: { new_product_id: 'id', new_variation_id: 'variations[0].id' },
    },
    { call: 'getProduct', status: 200, path: product },
    { call: 'updateProduct', status: 200, path: product, json: { base_price_cents: 430 } },
    { call: 'setProductAvailability', status: 200, path: product, json: { sold_out: true } },
    {
      call: 'setVariationAvailability',
      status: 200,
      path: { ...product, variation_id: '{{new_variation_id}}' },
      json: { sold_out: false },
    },
    { call: 'withdrawProduct', status: 204, path: product },
  ],
  'Open and close': [
    {
      call: 'setShopHours',
      title: 'Set no hours: always open',
      status: 200,
      json: { weekly: {}, exceptions: [] },
    },
    { call: 'setShopLimits', title: 'Set no limit', status: 200, json: { max_open_orders: null } },
    { call: 'pauseShop', status: 200, json: { minutes: 15, reason: 'The grinder is broken' } },
    { call: 'resumeShop', status: 204 },
  ],
  People: [
    {
      call: 'createUser',
      status: 201,
      json: { email: '{{$guid}}@example.com', role: 'barista', password: PASSWORD },
      keep: { user_id: 'id' },
    },
    { call: 'getUser', status: 200, path: user },
    { call: 'updateUser', title: 'Disable a user', status: 200, path: user, json: { disabled: true } },
    { call: 'listUsers', status: 200 },
    {
      call: 'registerAccount',
      status: 201,
      json: { email: '{{$guid}}@example.com', password: PASSWORD },
      keep: { customer_email: 'email' },
    },
    {
      call: 'issueToken',
      title: 'Log in as the new customer',
      status: 200,
      form: { username: '{{customer_email}}', password: PASSWORD },
      keep: { customer_token: 'access_token' },
    },
    {
      call: 'changeMyPassword',
      status: 204,
      bearer: 'customer_token',
      json: { current_password: PASSWORD, new_password: 'four green cups of tea' },
    },
  ],
  'Reports and notifications': [
    { call: 'getDayReport', status: 200, path: { date: '2026-11-24' } },
    { call: 'listAuditEntries', status: 200 },
    { call: 'listNotifications', status: 200 },
    { call: 'redriveNotifications', status: 200, json: {} },
    {
      call: 'redriveNotification',
      title: 'Send a dead notification again: 404 for an unknown one',
      status: 404,
      path: { id: UNKNOWN },
    },
  ],
  Service: [
    { call: 'getLinks', status: 200 },
    { call: 'checkLiveness', status: 200 },
    { call: 'checkReadiness', status: 200 },
  ],
  'Log out': [{ call: 'revokeToken', status: 200, form: { token: '{{renewed_token}}' } }],
};
