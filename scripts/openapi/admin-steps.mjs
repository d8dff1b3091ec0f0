const PASSWORD = 'three blue cups of tea';
/** Any UUID: nothing has it, so that a request does no harm. */
const UNKNOWN = '{{$guid}}';
/** The settings of a shop that is in use stay as they are. */
const STALE = { status: 412, ifMatch: '"stale"' };
const product = { id: '{{new_product_id}}' };
const user = { id: '{{user_id}}' };

/** From the menu to the logout. @type {Record<string, import('./steps.mjs').Step[]>} */
export const ADMIN_STEPS = {
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
      ...STALE,
      title: 'Set the hours: 412 until If-Match is removed',
      json: { weekly: { mon: [['07:00', '18:00']], sat: [['09:00', '14:00']] }, exceptions: [] },
    },
    {
      call: 'setShopLimits',
      ...STALE,
      title: 'Limit the open orders: 412 until If-Match is removed',
      json: { max_open_orders: 12 },
    },
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
    {
      call: 'redriveNotifications',
      title: 'Send the dead notifications of a time again: none of that second',
      status: 200,
      json: { from: '2001-01-01T00:00:00Z', to: '2001-01-01T00:00:01Z' },
    },
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
