// Generated from openapi.json by `npm run openapi`.
export interface paths {
  '/auth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in, or stay logged in
     * @description For programs. On this page, log in with **Authorize**. Takes an e-mail as `username` and a password, or a refresh token. A user has at most 100 sessions: another one ends the oldest.
     */
    post: operations['issueToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log out: end the session of a refresh token
     * @description For programs. Another token, also an access token, changes nothing.
     */
    post: operations['revokeToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register as a customer
     * @description Everybody can register. `POST /admin/users` adds a member of the staff.
     */
    post: operations['registerAccount'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show your own account */
    get: operations['getMyAccount'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change your own password
     * @description You are logged out everywhere else.
     */
    post: operations['changeMyPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/stream-ticket': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get a ticket that opens one stream
     * @description For programs, such as an EventSource, which sends no header: the stream takes the ticket as `?ticket=`, once and within 60 seconds. The stream has the rights of the access token that this request carries, and ends with it.
     */
    post: operations['issueStreamTicket'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/menu': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the menu
     * @description The menu has what the shop sells, with all variations and prices in cents: 400 is 4.00. Everybody can read it.
     */
    get: operations['getMenu'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/shop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show whether the shop takes orders, and when it is open */
    get: operations['getShop'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your own orders, newest first
     * @description `GET /admin/orders` has the orders of everybody.
     *
     *     - `waiting`: paid, and nobody has started to make it.
     *     - `preparation`: the counter is making it.
     *     - `ready`: it is made, and the customer can fetch it.
     *     - `delivered`: the customer has it. This is final.
     *     - `cancelled`: it will not be made, and its payment goes back. This is final.
     */
    get: operations['listMyOrders'];
    put?: never;
    /**
     * Place an order and pay for it
     * @description The payment provider is charged at once, for the sum of the prices. Amounts are in cents: 900 is 9.00. After `npm start` the provider is a sandbox, so no money moves, and the example buys two Lattes with Pumpkin Spice. The ids of products and variations are in `GET /menu`.
     */
    post: operations['placeOrder'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show an order
     * @description Customers see their own orders, the staff sees all. The `id` is that of the order, not its number; `GET /admin/orders` finds it by the number.
     *
     *     For programs: after a 503 with an `order_id`, its customer gets 404 with the code `placement_pending` until the outcome of the payment is known, then 200 or 404 with the code `placement_declined`.
     */
    get: operations['getOrder'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{id}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show what happened to an order, oldest first
     * @description The timeline says when it was placed, moved on, cancelled and refunded, and by whom. Customers see their own orders, the staff sees all.
     */
    get: operations['getOrderTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Move an order to its next status
     * @description An order goes from `waiting` to `preparation`, `ready` and `delivered`, one step at a time and never back. `POST /orders/{id}/cancel` cancels it.
     *
     *     - `waiting`: paid, and nobody has started to make it.
     *     - `preparation`: the counter is making it.
     *     - `ready`: it is made, and the customer can fetch it.
     *     - `delivered`: the customer has it. This is final.
     */
    patch: operations['changeOrderStatus'];
    trace?: never;
  };
  '/orders/{id}/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follow an order as it changes
     * @description For programs: the response never ends, so this page cannot show it. Customers follow their own orders, the staff any.
     */
    get: operations['streamOrder'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an order and give its payment back
     * @description Customers may cancel their own orders and baristas any while it is `waiting`; managers any until it is `delivered`. All that is not yet refunded goes back to the customer; `GET /orders/{id}/refunds` shows how far that is. Repeated, it changes nothing and returns the order.
     */
    post: operations['cancelOrder'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{id}/refunds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the refunds of an order, oldest first
     * @description Customers see those of their own orders, managers all.
     */
    get: operations['listOrderRefunds'];
    put?: never;
    /**
     * Give a part of the payment back, or all of it
     * @description The order stays as it is. The amount is in cents: 450 is 4.50. It may be at most what the customer paid and has not got back. `reason` is one of `customer_request`, `out_of_stock`, `closing`, `duplicate`, `quality`, `no_show`, `other`. The refund is `pending` at first:
     *
     *     - `pending`: it is sent soon. If the shop is not connected for refunds, pay it back by hand, then resolve it.
     *     - `sending`: the payment provider has been asked and has not answered yet.
     *     - `refunded`: the customer has the money. This is final.
     *     - `rejected`: the provider refused, or a manager found that nothing was paid back. This is final.
     *     - `unknown`: no answer came, so the money may have gone back. It is sent again if the provider allows that; otherwise look it up there, then resolve it.
     */
    post: operations['refundOrder'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/{id}/refunds/{refund_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a refund of an order
     * @description Customers see those of their own orders, managers all.
     */
    get: operations['getRefund'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/board': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the open orders, oldest first
     * @description Open orders are not handed over yet:
     *
     *     - `waiting`: paid, and nobody has started to make it.
     *     - `preparation`: the counter is making it.
     *     - `ready`: it is made, and the customer can fetch it.
     */
    get: operations['getBoard'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/board/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follow the open orders, the menu and the shop as they change
     * @description For programs: the response never ends, so this page cannot show it. People use the board at `/board`. Changes by any process arrive. Read `GET /menu` and `GET /shop` after each `snapshot`: their events come only when they change.
     */
    get: operations['streamBoard'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Find orders of all customers, newest first
     * @description Search by number, customer, status or time; without any of them, all orders are listed.
     *
     *     - `waiting`: paid, and nobody has started to make it.
     *     - `preparation`: the counter is making it.
     *     - `ready`: it is made, and the customer can fetch it.
     *     - `delivered`: the customer has it. This is final.
     *     - `cancelled`: it will not be made, and its payment goes back. This is final.
     */
    get: operations['searchOrders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/products': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put a product on the menu
     * @description Customers can order it at once. Prices are in cents: 420 is 4.20. The price of a variation is added to the base price.
     */
    post: operations['createProduct'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/products/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a product on the menu
     * @description The ids are in `GET /menu`.
     */
    get: operations['getProduct'];
    put?: never;
    post?: never;
    /**
     * Take a product off the menu for good
     * @description It cannot be put back, only added as a new product. Orders keep their lines. If it is only sold out, use `PUT /admin/products/{id}/availability`.
     */
    delete: operations['withdrawProduct'];
    options?: never;
    head?: never;
    /**
     * Change a product
     * @description Only the fields that you send are changed; the example changes nothing. Prices are in cents: 420 is 4.20. If you send `variations`, send all of them: a variation that you leave out is taken off the menu. One with the id or the name of a present variation changes that one. Orders that were placed before keep their names and prices.
     */
    patch: operations['updateProduct'];
    trace?: never;
  };
  '/admin/products/{id}/availability': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Mark a product as sold out or available
     * @description Customers cannot order what is sold out. This is for the whole product with all its variations. `"sold_out": false` makes the product available again; `true` marks it as sold out, until a time if you give one.
     */
    put: operations['setProductAvailability'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/products/{id}/variations/{variation_id}/availability': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Mark a variation as sold out or available
     * @description Like the availability of a product, but only for one of its variations, such as a Latte with Pumpkin Spice.
     */
    put: operations['setVariationAvailability'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/shop/hours': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set when the shop is open
     * @description Replaces all hours and exceptions. Without any interval and exception, the shop is always open. Times are local, in the `time_zone` of `GET /shop`.
     */
    put: operations['setShopHours'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/shop/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Take no orders for a while
     * @description Give `minutes` or `until`; without both, the pause has no end. It ends by itself, and another one replaces it. Managers can still order.
     */
    put: operations['pauseShop'];
    post?: never;
    /**
     * End the pause
     * @description Customers can order again at once. Without a pause, nothing changes.
     */
    delete: operations['resumeShop'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/shop/limits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Limit how many orders may be open at once
     * @description Further orders are refused until one is delivered or cancelled. The limit holds for managers, too. `null` means that there is no limit.
     */
    put: operations['setShopLimits'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/placements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the attempts to place an order, newest first
     * @description A placement is one attempt to pay for an order. Look for `unknown`, `declined_unconfirmed` and `refund_due`: they may need you.
     *
     *     - `charging`: the payment provider has been asked and has not answered yet.
     *     - `placed`: it was paid and became an order.
     *     - `declined`: the provider refused the payment. There is no order.
     *     - `declined_unconfirmed`: the provider refused with an error that may hide a payment. Look it up there, then resolve the placement.
     *     - `unknown`: no answer came, so the customer may have paid. It is sent again if the provider allows that; otherwise look it up there, then resolve the placement.
     *     - `unsent`: the provider was not reached. Nothing was paid, and there is no order.
     *     - `refund_due`: the customer was told that the payment failed, but it was made. Its refund is on the way; resolve the placement if the refund is `unknown` or `rejected`.
     */
    get: operations['listPlacements'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/placements/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show an attempt to place an order
     * @description It has all that managers said about its payment.
     */
    get: operations['getPlacement'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/placements/{id}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say whether a payment was made
     * @description For a placement whose payment is in doubt. Look it up at the payment provider first, by the `provider_key` of the placement.
     *
     *     - `charged`: it was paid. An `unknown` placement becomes an order. The payment of a `declined_unconfirmed` one goes back to the customer. If the provider rejected the refund of a `refund_due` one, another refund is made.
     *     - `not_charged`: it was not paid, and there is no order.
     *
     *     The `note` says what you found; it is kept. If you say the same again, the further note is added.
     */
    post: operations['resolvePlacement'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/refunds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List all refunds, newest first
     * @description Look for `unknown`: these may need you.
     *
     *     - `pending`: it is sent soon. If the shop is not connected for refunds, pay it back by hand, then resolve it.
     *     - `sending`: the payment provider has been asked and has not answered yet.
     *     - `refunded`: the customer has the money. This is final.
     *     - `rejected`: the provider refused, or a manager found that nothing was paid back. This is final.
     *     - `unknown`: no answer came, so the money may have gone back. It is sent again if the provider allows that; otherwise look it up there, then resolve it.
     */
    get: operations['listRefunds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/refunds/{id}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say whether a refund was made
     * @description For a refund that is in doubt. Look it up at the payment provider first, by the id of the refund. `refunded`: the customer has the money. `not_refunded`: the customer does not have it; you can then give it back with another refund. The `note` says what you found; it is kept. The refund must be `unknown`; if the shop is not connected for refunds, it may also be `pending`. If you say the same again, only the further note is added.
     */
    post: operations['resolveRefund'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the notifications, newest first
     * @description Each has all attempts to send it.
     *
     *     - `pending`: it is sent soon, or again after a failure.
     *     - `delivered`: the other service has it.
     *     - `dead`: the other service did not accept it, and it is not sent again until you ask for that.
     */
    get: operations['listNotifications'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/notifications/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send many dead notifications again
     * @description Sends the dead notifications that were created from `from` to `to`. Without these two fields it sends **all** dead ones, also those of long ago.
     */
    post: operations['redriveNotifications'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/notifications/{id}/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a dead notification again */
    post: operations['redriveNotification'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/reports/days/{date}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a day's sales, payments and refunds
     * @description All amounts are in cents. `from` and `to` say when the day begins and ends. Choose `text/csv` as the media type to get a table for a spreadsheet. Once a day is over, only `in_doubt` changes. If `difference_cents` is not 0, something is wrong: tell the operators.
     */
    get: operations['getDayReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List who changed what, newest first
     * @description Each entry is a change by a member of the staff or by a command of the operators, with the state before and after it.
     */
    get: operations['listAuditEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List all users, newest first
     * @description The list has customers, baristas and managers, or only those with the `role` that you choose.
     */
    get: operations['listUsers'];
    put?: never;
    /**
     * Add a user, such as a member of the staff
     * @description A `barista` works at the counter, a `manager` may do everything. Tell the user the password. The user can change it with `POST /auth/password`.
     */
    post: operations['createUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a user
     * @description The ids are in `GET /admin/users`.
     */
    get: operations['getUser'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a user's role, or disable or enable the user
     * @description A disabled user cannot log in. Disabling ends the sessions of the user; they do not come back when the user is enabled. A changed role counts within 30 seconds.
     */
    patch: operations['updateUser'];
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Account: {
      /** Format: uuid */
      id: string;
      /**
       * Format: idn-email
       * @example ana@example.com
       */
      email: string;
      role: components['schemas']['Role'];
      /** Format: date-time */
      created_at: string;
    };
    AdminRefund: {
      /**
       * Format: uuid
       * @description Also the Idempotency-Key of the refund at the provider
       */
      id: string;
      /**
       * Format: uuid
       * @description Null if the charge became no order
       */
      order_id: string | null;
      /**
       * Format: uuid
       * @description The placement whose charge is refunded
       */
      placement_id: string;
      /** @example 450 */
      amount_cents: number;
      /** @description Unknown: the provider may have made it; it is sent again, or a manager decides. Pending without PAYMENT_REFUND_URL: a manager decides. */
      state: components['schemas']['RefundState'];
      reason: components['schemas']['RefundReason'];
      /** @example The milk was sour */
      note: string | null;
      /** @description Null if a late charge made the refund due */
      requested_by: {
        /**
         * Format: uuid
         * @description Only shown to managers
         */
        id?: string;
        /** @description The role at the time of the request */
        role: components['schemas']['Role'];
      } | null;
      /** Format: date-time */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was refunded or rejected
       */
      settled_at: string | null;
      /**
       * @description The provider's last status code; null if it has given none
       * @example 200
       */
      response_status_code: number | null;
      /** @description The number of sends */
      attempts: number;
      /**
       * Format: date-time
       * @description When it is sent next; null if it is settled or a manager decides
       */
      due_at: string | null;
      /**
       * @description Why a send had no result
       * @example timeout
       */
      failure: string | null;
      /** @description The provider's body */
      response_payload:
        | ({
            [key: string]: unknown;
          } | null)
        | unknown[]
        | string
        | number
        | boolean;
      /** @description Every accepted resolution, oldest first */
      resolutions: components['schemas']['RefundResolution'][];
    };
    /** @enum {string} */
    AuditAction:
      | 'product.create'
      | 'product.update'
      | 'product.withdraw'
      | 'product.availability'
      | 'order.status'
      | 'order.cancel'
      | 'refund.create'
      | 'refund.resolve'
      | 'placement.resolve'
      | 'notification.redrive'
      | 'notification.redrive_all'
      | 'shop.hours'
      | 'shop.pause'
      | 'shop.resume'
      | 'shop.limits'
      | 'user.create'
      | 'user.update'
      | 'user.password';
    AuditEntry: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      at: string;
      /** @description Null for a command */
      actor: {
        /** Format: uuid */
        id: string;
        /**
         * @description The role at that time
         * @example manager
         */
        role: components['schemas']['Role'];
      } | null;
      /** @example product.update */
      action: components['schemas']['AuditAction'];
      subject: {
        /** @example product */
        type: string;
        /**
         * Format: uuid
         * @description Null if the change had several subjects
         */
        id: string | null;
      };
      /**
       * @description The state before the change; null if the subject is new
       * @example {
       *       "name": "Latte",
       *       "base_price_cents": 400,
       *       "variations": []
       *     }
       */
      before: {
        [key: string]: unknown;
      } | null;
      /**
       * @description The state after the change; null if the subject is gone
       * @example {
       *       "name": "Latte",
       *       "base_price_cents": 420,
       *       "variations": []
       *     }
       */
      after: {
        [key: string]: unknown;
      } | null;
      /** @description The reason of a cancellation or refund, the note of a resolution */
      reason: string | null;
      /** @description The X-Request-Id of the request that made the change; null for a command */
      request_id: string | null;
    };
    Board: {
      /** @description Oldest first */
      orders: components['schemas']['Order'][];
      /**
       * @description Whether there are more open orders
       * @example false
       */
      truncated: boolean;
    };
    CancelOrder: {
      /** @example customer_request */
      reason?: components['schemas']['RefundReason'];
      /**
       * @description May have several lines; a blank text counts as none
       * @example Left before the order was ready
       */
      note?: string;
    };
    ChangeMyPassword: {
      /**
       * Format: password
       * @example customer123
       */
      current_password: string;
      /**
       * Format: password
       * @description Any characters, but neither the e-mail nor a common password
       * @example three blue cups of tea
       */
      new_password: string;
    };
    ChangeOrderStatus: {
      /** @example preparation */
      status: components['schemas']['ProgressStatus'];
    };
    /** @enum {string} */
    ChargeOutcome: 'charged' | 'not_charged';
    CreateProduct: {
      /** @example Flat White */
      name: string;
      /** @example 420 */
      base_price_cents: number;
      variations?: components['schemas']['VariationRequest'][];
    };
    CreateUser: {
      /**
       * Format: idn-email
       * @example ana@example.com
       */
      email: string;
      role: components['schemas']['Role'];
      /**
       * Format: password
       * @description Any characters, but neither the e-mail nor a common password
       * @example three blue cups of tea
       */
      password: string;
    };
    DayReport: {
      /**
       * Format: date
       * @example 2026-11-30
       */
      date: string;
      /** @example Europe/Berlin */
      time_zone: string;
      /**
       * Format: date-time
       * @description When the day begins
       * @example 2026-11-30T03:00:00.000Z
       */
      from: string;
      /**
       * Format: date-time
       * @description When the next day begins
       * @example 2026-12-01T03:00:00.000Z
       */
      to: string;
      /**
       * @description Orders placed, also those that were cancelled later
       * @example 2
       */
      orders: number;
      /**
       * @description The sum of the quantities of their lines
       * @example 3
       */
      items: number;
      /**
       * @description The sum of their lines
       * @example 1290
       */
      gross_sales_cents: number;
      /** @description Refunds of orders that were made on this day, whenever the order was placed. Without rejected refunds, and without those of charges that became no order */
      refunds: {
        /** @example 1 */
        count: number;
        /** @example 430 */
        total_cents: number;
        /** @description In cents. Every reason is there */
        by_reason: {
          /** @example 0 */
          customer_request: number;
          /** @example 0 */
          out_of_stock: number;
          /** @example 0 */
          closing: number;
          /** @example 0 */
          duplicate: number;
          /** @example 0 */
          quality: number;
          /** @example 0 */
          no_show: number;
          /** @example 0 */
          other: number;
        };
      };
      /**
       * @description `payments_cents` without the refunds of this day
       * @example 860
       */
      net_takings_cents: number;
      /**
       * @description Orders cancelled on this day, whenever they were placed
       * @example 1
       */
      cancelled: number;
      /** @description Charges begun on this day whose outcome is not known yet. They are in no other number; a charge that turns out to be paid becomes an order of the day on which that is found */
      in_doubt: {
        /** @example 0 */
        count: number;
        /** @example 0 */
        cents: number;
      };
      /** @description The highest gross sales first */
      products: components['schemas']['ProductSales'][];
      /** @description Each hour from `from` to `to`: 23 or 25 when the clocks change */
      hours: components['schemas']['HourSales'][];
      /**
       * @description The sum of the payments of the orders
       * @example 1290
       */
      payments_cents: number;
      /**
       * @description `gross_sales_cents` without `payments_cents`. Not 0 if something is wrong
       * @example 0
       */
      difference_cents: number;
    };
    FieldError: {
      /** @example items.0.quantity */
      field: string;
      /** @example quantity must not be greater than 100 */
      message: string;
    };
    Health: {
      /** @enum {string} */
      status: 'ok';
      /** @description What is well */
      info?: {
        [key: string]: unknown;
      };
      /** @description What is not */
      error?: {
        [key: string]: unknown;
      };
      /** @description What was looked at */
      details: {
        [key: string]: unknown;
      };
    };
    HourSales: {
      /**
       * Format: date-time
       * @example 2026-11-30T03:00:00.000Z
       */
      from: string;
      /** @example 2 */
      orders: number;
      /** @example 1290 */
      gross_cents: number;
    };
    HoursOfDate: {
      /**
       * Format: date
       * @example 2026-12-24
       */
      date: string;
      /**
       * @description From and to on the local clock; a `to` that is not after `from` is on the next day
       * @example [
       *       [
       *         "07:00",
       *         "11:30"
       *       ],
       *       [
       *         "12:30",
       *         "19:00"
       *       ]
       *     ]
       */
      intervals: string[][];
    };
    HoursOfDateRequest: {
      /**
       * Format: date
       * @example 2026-11-30
       */
      date: string;
      /**
       * @description From and to on the local clock; a `to` that is not after `from` is on the next day
       * @example [
       *       [
       *         "07:00",
       *         "11:30"
       *       ],
       *       [
       *         "12:30",
       *         "19:00"
       *       ]
       *     ]
       */
      intervals: string[][];
    };
    IssueToken: {
      /**
       * @default password
       * @enum {string}
       */
      grant_type: 'password' | 'refresh_token';
      /**
       * @description Required with a password: the e-mail, in any case
       * @example customer@example.com
       */
      username?: string;
      /**
       * Format: password
       * @description Required with `username`
       * @example customer123
       */
      password?: string;
      /**
       * @description With `offline_access`, a login also returns a refresh token
       * @example offline_access
       */
      scope?: string;
      /** @description Required with the grant type `refresh_token`; each works once */
      refresh_token?: string;
      /** @description Not used */
      client_id?: string;
      /** @description Not used */
      client_secret?: string;
    };
    Links: {
      /** @example Coffee Shop Order API */
      message: string;
      /** @example /docs */
      docs: string;
      /**
       * @description The counter's page
       * @example /board
       */
      board: string;
      /** @example 1.0.0 */
      version: string;
      /** @example /api/v1/menu */
      menu: string;
      /** @example /health/ready */
      health: string;
      /**
       * @description Simulates the providers, in development
       * @example http://127.0.0.1:8001
       */
      sandbox?: string;
    };
    Menu: {
      products: components['schemas']['Product'][];
    };
    Notification: {
      /**
       * Format: uuid
       * @description Also the webhook-id of the request to the provider
       */
      id: string;
      /** Format: uuid */
      order_id: string;
      /**
       * @description The number of the notification within its order, from 1: its webhook-sequence at the provider
       * @example 2
       */
      sequence: number;
      /**
       * @description The order's new status
       * @example ready
       */
      status: components['schemas']['OrderStatus'];
      state: components['schemas']['NotificationState'];
      /** Format: date-time */
      created_at: string;
      /**
       * Format: date-time
       * @description When a pending notification is sent next
       */
      due_at: string;
      /** Format: date-time */
      delivered_at: string | null;
      attempts: components['schemas']['NotificationAttempt'][];
    };
    NotificationAttempt: {
      /** @example 1 */
      attempt: number;
      /** Format: date-time */
      started_at: string;
      /** @description Milliseconds */
      duration_ms: number;
      response_status_code: number | null;
      /** @description The provider's body */
      response_payload:
        | ({
            [key: string]: unknown;
          } | null)
        | unknown[]
        | string
        | number
        | boolean;
      /**
       * @description Why no answer came
       * @example timeout
       */
      error: string | null;
    };
    /** @enum {string} */
    NotificationState: 'pending' | 'delivered' | 'dead';
    /** @enum {string|null} */
    NotOpenReason: 'closed' | 'paused' | 'busy' | null;
    Order: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      customer_id: string;
      status: components['schemas']['OrderStatus'];
      /** @example 900 */
      total_cents: number;
      /**
       * @example {
       *       "table": 4
       *     }
       */
      metadata: {
        [key: string]: unknown;
      } | null;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      items: components['schemas']['OrderItem'][];
      payment: components['schemas']['Payment'];
      /**
       * @description What the customer is called by; 1 follows 999. Null if the order is older than the numbers
       * @example 42
       */
      number: number | null;
      /** @example Ada */
      pickup_name: string | null;
      /** @example Extra hot, please */
      note: string | null;
      /** @description Null unless the order is cancelled */
      cancellation: {
        /** Format: date-time */
        at: string;
        /** @enum {string|null} */
        reason:
          | 'customer_request'
          | 'out_of_stock'
          | 'closing'
          | 'duplicate'
          | 'quality'
          | 'no_show'
          | 'other'
          | null;
        /** @description The role of who cancelled the order */
        by_role: components['schemas']['Role'];
      } | null;
      /**
       * @description What has gone back to the customer
       * @example 0
       */
      refunded_cents: number;
    };
    OrderEvent: {
      /** Format: date-time */
      at: string;
      /** @example status */
      type: components['schemas']['OrderEventType'];
      /** @description The new status, if the type is status */
      status?: components['schemas']['ProgressStatus'];
      /** @description What went back to the customer, if the type is refund */
      amount_cents?: number;
      /** @description The role of who did it, at that time; for placed the present role of the customer */
      by_role: components['schemas']['Role'];
    };
    /** @enum {string} */
    OrderEventType: 'placed' | 'status' | 'cancelled' | 'refund';
    OrderItem: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      product_id: string;
      /**
       * Format: uuid
       * @description Null if the product had no variations
       */
      variation_id: string | null;
      /** @example Latte */
      product_name: string;
      /**
       * @description Null if the product had no variations
       * @example Pumpkin Spice
       */
      variation_name: string | null;
      /** @example 2 */
      quantity: number;
      /** @example 400 */
      product_base_price_cents: number;
      /** @example 50 */
      variation_price_change_cents: number;
      /** @example 450 */
      unit_price_cents: number;
      /** @example 900 */
      line_total_cents: number;
    };
    OrderLineRequest: {
      /**
       * Format: uuid
       * @example c0ffee00-0000-4000-8000-000000001000
       */
      product_id: string;
      /**
       * Format: uuid
       * @description Required if the product has variations; left out or null if it has none
       * @example c0ffee00-0000-4000-8000-000000001001
       */
      variation_id?: string | null;
      /** @example 2 */
      quantity: number;
    };
    /** @enum {string} */
    OrderStatus: 'waiting' | 'preparation' | 'ready' | 'delivered' | 'cancelled';
    PauseShop: {
      /**
       * Format: date-time
       * @description Without it and `minutes`, the pause has no end
       */
      until?: string;
      /** @example 15 */
      minutes?: number;
      /**
       * @description May have several lines; a blank text counts as none
       * @example The grinder is broken
       */
      reason?: string;
    };
    Payment: {
      /** Format: uuid */
      id: string;
      /** @example 900 */
      amount_cents: number;
      /**
       * @description The provider's status code; null if the amount is 0 and nothing was sent, or if a manager confirmed the charge
       * @example 200
       */
      response_status_code: number | null;
    };
    Placement: {
      /** Format: uuid */
      id: string;
      /**
       * Format: uuid
       * @description The Idempotency-Key of the charge in the provider's books
       */
      provider_key: string;
      state: components['schemas']['PlacementState'];
      /**
       * Format: uuid
       * @description The id of the order, which exists once it is placed
       */
      order_id: string;
      /** Format: uuid */
      customer_id: string;
      /** @example 900 */
      total_cents: number;
      /** @description The number of sends of the charge */
      attempts: number;
      /** @description The provider's status code */
      response_status_code: number | null;
      /** @description The provider's body */
      response_payload:
        | ({
            [key: string]: unknown;
          } | null)
        | unknown[]
        | string
        | number
        | boolean;
      /**
       * @description Why the provider gave no answer; stays when a manager resolves the placement
       * @example timeout
       */
      failure: string | null;
      /** @description The id of the request in the logs */
      request_id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      settled_at: string | null;
      /** @description Every accepted resolution, oldest first */
      resolutions: components['schemas']['PlacementResolution'][];
    };
    PlacementResolution: {
      note: string;
      /** Format: uuid */
      resolved_by: string;
      /** Format: date-time */
      resolved_at: string;
      outcome: components['schemas']['ChargeOutcome'];
    };
    /** @enum {string} */
    PlacementState:
      'charging' | 'placed' | 'declined' | 'declined_unconfirmed' | 'unknown' | 'unsent' | 'refund_due';
    PlaceOrder: {
      items: components['schemas']['OrderLineRequest'][];
      /**
       * @description The total in cents that the customer was shown, such as 900 for 9.00; another total is refused with 409
       * @example 900
       */
      total_cents?: number;
      /**
       * @description At most 4 KB of JSON, with integers of at most ±9007199254740991 and no number beyond a double
       * @example {
       *       "table": 4
       *     }
       */
      metadata?: {
        [key: string]: unknown;
      };
      /** @example Ada */
      pickup_name?: string;
      /**
       * @description May have several lines; a blank text counts as none
       * @example Extra hot, please
       */
      note?: string;
    };
    Problem: {
      /** @example urn:coffee-shop:problem:order_not_found */
      type: string;
      /** @example Not Found */
      title: string;
      /** @example 404 */
      status: number;
      /** @example Order not found */
      detail: string;
      /** @example /api/v1/orders/0b5f2d9c-4d0a-4a52-9a6e-6f1b0a0c8f11 */
      instance: string;
      /** @example order_not_found */
      code: string;
      /**
       * @description The id of the request in the logs
       * @example 7c0f7f0e-5a2b-4c37-8f7e-0d6f2d1c9b1a
       */
      request_id: string;
      /** @description The faulty fields */
      errors?: components['schemas']['FieldError'][];
    };
    Product: {
      /** @example false */
      sold_out: boolean;
      /**
       * Format: date-time
       * @description When it is available again by itself; null if only the staff ends it
       * @example null
       */
      sold_out_until: string | null;
      /** Format: uuid */
      id: string;
      /** @example Latte */
      name: string;
      /** @example 400 */
      base_price_cents: number;
      variations: components['schemas']['Variation'][];
    };
    ProductSales: {
      /** Format: uuid */
      product_id: string;
      /**
       * Format: uuid
       * @description Null without a variation
       */
      variation_id: string | null;
      /**
       * @description At the time of ordering: a renamed product has several entries
       * @example Latte
       */
      product_name: string;
      /** @example Vanilla */
      variation_name: string | null;
      /** @example 3 */
      quantity: number;
      /** @example 1290 */
      gross_cents: number;
    };
    /** @enum {string} */
    ProgressStatus: 'waiting' | 'preparation' | 'ready' | 'delivered';
    RedriveNotifications: {
      /**
       * Format: date-time
       * @description Only those that were created then or later
       * @example 2026-11-24T10:00:00Z
       */
      from?: string;
      /**
       * Format: date-time
       * @description Only those that were created then or earlier
       * @example 2026-11-24T13:00:00Z
       */
      to?: string;
    };
    RedriveResult: {
      /**
       * @description The number of notifications that are pending again
       * @example 3
       */
      count: number;
    };
    Refund: {
      /**
       * Format: uuid
       * @description Also the Idempotency-Key of the refund at the provider
       */
      id: string;
      /**
       * Format: uuid
       * @description Null if the charge became no order
       */
      order_id: string | null;
      /**
       * Format: uuid
       * @description The placement whose charge is refunded
       */
      placement_id: string;
      /** @example 450 */
      amount_cents: number;
      /** @description Unknown: the provider may have made it; it is sent again, or a manager decides. Pending without PAYMENT_REFUND_URL: a manager decides. */
      state: components['schemas']['RefundState'];
      reason: components['schemas']['RefundReason'];
      /** @example The milk was sour */
      note: string | null;
      /** @description Null if a late charge made the refund due */
      requested_by: {
        /**
         * Format: uuid
         * @description Only shown to managers
         */
        id?: string;
        /** @description The role at the time of the request */
        role: components['schemas']['Role'];
      } | null;
      /** Format: date-time */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was refunded or rejected
       */
      settled_at: string | null;
      /**
       * @description The provider's last status code; null if it has given none
       * @example 200
       */
      response_status_code: number | null;
    };
    RefundOrder: {
      /** @example 450 */
      amount_cents: number;
      /** @example quality */
      reason: components['schemas']['RefundReason'];
      /**
       * @description May have several lines; a blank text counts as none
       * @example The milk was sour
       */
      note?: string;
    };
    /** @enum {string} */
    RefundOutcome: 'refunded' | 'not_refunded';
    /** @enum {string} */
    RefundReason:
      'customer_request' | 'out_of_stock' | 'closing' | 'duplicate' | 'quality' | 'no_show' | 'other';
    RefundResolution: {
      note: string;
      /** Format: uuid */
      resolved_by: string;
      /** Format: date-time */
      resolved_at: string;
      outcome: components['schemas']['RefundOutcome'];
    };
    /** @enum {string} */
    RefundState: 'pending' | 'sending' | 'refunded' | 'rejected' | 'unknown';
    RegisterAccount: {
      /**
       * Format: idn-email
       * @example ana@example.com
       */
      email: string;
      /**
       * Format: password
       * @description Any characters, but neither the e-mail nor a common password
       * @example three blue cups of tea
       */
      password: string;
    };
    ResolvePlacement: {
      /** @description What the provider says of the charge */
      outcome: components['schemas']['ChargeOutcome'];
      /** @example Charge ch_123 found in the provider’s dashboard */
      note: string;
    };
    ResolveRefund: {
      /** @description What the provider says of the refund */
      outcome: components['schemas']['RefundOutcome'];
      /** @example Refund re_123 found in the provider’s dashboard */
      note: string;
    };
    RevokeToken: {
      /**
       * @description A refresh token of the session
       * @example u4Zr1fN1mF0bq2W8cXvJ5kQyT7sLd9hGpRa3eYiKoBE
       */
      token: string;
      /** @description Not used */
      token_type_hint?: string;
    };
    /** @enum {string} */
    Role: 'customer' | 'barista' | 'manager';
    SetAvailability: {
      /** @example false */
      sold_out: boolean;
      /**
       * Format: date-time
       * @description When it is available again by itself. Left out or null: not before the next change
       * @example 2030-01-01T07:00:00Z
       */
      until?: string | null;
    };
    SetShopHours: {
      /**
       * @description A day that is left out is closed
       * @example {
       *       "mon": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "tue": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "wed": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "thu": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "fri": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "sat": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "sun": []
       *     }
       */
      weekly: {
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        mon?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        tue?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        wed?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        thu?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        fri?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        sat?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        sun?: string[][];
      };
      /** @description Each replaces the hours of its own date. Hours of the day before that end after midnight stay */
      exceptions?: components['schemas']['HoursOfDateRequest'][];
    };
    SetShopLimits: {
      /**
       * @description How many orders may be open at once; null means any number
       * @example 12
       */
      max_open_orders: number | null;
    };
    Shop: {
      /** @description Whether customers can order */
      open: boolean;
      /** @description Null if it is open */
      reason: components['schemas']['NotOpenReason'];
      /**
       * Format: date-time
       * @description When it next opens by its hours; null if never, or always open
       */
      opens_at: string | null;
      /**
       * Format: date-time
       * @description When it next closes by its hours; null if never
       */
      closes_at: string | null;
      /**
       * Format: date-time
       * @description Null if it is not paused, or without end
       */
      paused_until: string | null;
      /**
       * @description The zone of the local times in the hours
       * @example Europe/Berlin
       */
      time_zone: string;
      /**
       * @description Without any interval and exception, the shop is always open
       * @example {
       *       "mon": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "tue": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "wed": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "thu": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "fri": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "sat": [
       *         [
       *           "07:00",
       *           "11:30"
       *         ],
       *         [
       *           "12:30",
       *           "19:00"
       *         ]
       *       ],
       *       "sun": []
       *     }
       */
      hours: {
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        mon?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        tue?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        wed?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        thu?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        fri?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        sat?: string[][];
        /** @description From and to on the local clock; a `to` that is not after `from` is on the next day */
        sun?: string[][];
      };
      /** @description Sorted by date */
      exceptions: components['schemas']['HoursOfDate'][];
    };
    StreamTicket: {
      /** @example u4Zr1fN1mF0bq2W8cXvJ5kQyT7sLd9hGpRa3eYiKoBE */
      ticket: string;
      /**
       * @description Seconds
       * @example 60
       */
      expires_in: number;
    };
    Token: {
      /** @description Send it as `Authorization: Bearer …` */
      access_token: string;
      /** @enum {string} */
      token_type: 'bearer';
      /**
       * @description Seconds
       * @example 1800
       */
      expires_in: number;
      /**
       * @description Continues the session. Only with a refresh, or a login with the scope `offline_access`. A repeat within ten seconds returns the same one; a later repeat ends the session
       * @example u4Zr1fN1mF0bq2W8cXvJ5kQyT7sLd9hGpRa3eYiKoBE
       */
      refresh_token?: string;
      /**
       * @description After how many seconds without a refresh the session ends
       * @example 604800
       */
      refresh_expires_in?: number;
    };
    UpdateProduct: {
      /** @example Flat White */
      name?: string;
      /** @example 420 */
      base_price_cents?: number;
      variations?: components['schemas']['VariationUpdate'][];
      /**
       * Format: uuid
       * @description Must be the id in the path
       */
      id?: string;
      /** @description Ignored, so that what was read can be sent back */
      readonly sold_out?: boolean;
      /**
       * Format: date-time
       * @description Ignored, so that what was read can be sent back
       */
      readonly sold_out_until?: string | null;
    };
    UpdateUser: {
      role?: components['schemas']['Role'];
      /** @description A disabled user cannot log in */
      disabled?: boolean;
    };
    User: {
      /** Format: uuid */
      id: string;
      /**
       * Format: idn-email
       * @example ana@example.com
       */
      email: string;
      role: components['schemas']['Role'];
      disabled: boolean;
      /** Format: date-time */
      created_at: string;
    };
    Variation: {
      /** @example false */
      sold_out: boolean;
      /**
       * Format: date-time
       * @description When it is available again by itself; null if only the staff ends it
       * @example null
       */
      sold_out_until: string | null;
      /** Format: uuid */
      id: string;
      /** @example Pumpkin Spice */
      name: string;
      /** @example 50 */
      price_change_cents: number;
    };
    VariationRequest: {
      /** @example Oat Milk */
      name: string;
      /**
       * @description Cents on top of the base price; the sum must not be negative. Left out: 0, or the present value of a variation that exists
       * @example 60
       */
      price_change_cents?: number;
    };
    VariationUpdate: {
      /** @example Oat Milk */
      name: string;
      /**
       * @description Cents on top of the base price; the sum must not be negative. Left out: 0, or the present value of a variation that exists
       * @example 60
       */
      price_change_cents?: number;
      /**
       * Format: uuid
       * @description Which variation this is; without it, the name decides
       */
      id?: string;
      /** @description Ignored, so that what was read can be sent back */
      readonly sold_out?: boolean;
      /**
       * Format: date-time
       * @description Ignored, so that what was read can be sent back
       */
      readonly sold_out_until?: string | null;
    };
  };
  responses: {
    /** @description `The body is not valid JSON` */
    BadRequest: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad_request';
        };
      };
    };
    /**
     * @description `The database cannot be reached; repeat the request, with its Idempotency-Key where it has one`
     *
     *     `This process is shutting down; repeat the request`
     */
    DatabaseUnavailableOrShuttingDown: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'database_unavailable' | 'shutting_down';
        };
      };
    };
    /** @description `A product named "Latte" is already on the menu`; `The product has two variations named "Vanilla"` */
    DuplicateProductNameOrDuplicateVariationName: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'duplicate_product_name' | 'duplicate_variation_name';
        };
      };
    };
    /** @description `A user with this e-mail exists already` */
    EmailTaken: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'email_taken';
        };
      };
    };
    /** @description `Insufficient permissions` */
    InsufficientPermissions: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'insufficient_permissions';
        };
      };
    };
    /** @description `The request does not fit its schema: id must be a UUID` */
    InvalidRequest: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'invalid_request';
        };
      };
    };
    /** @description `The request does not fit its schema: email must be an e-mail`; `The password must have at least 15 characters` */
    InvalidRequestOrPasswordRefused: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'invalid_request' | 'password_refused';
        };
      };
    };
    /**
     * @description `Too many logins at once; repeat the request`; `The database cannot be reached; repeat the request, with its Idempotency-Key where it has one`
     *
     *     `This process is shutting down; repeat the request`
     */
    LoginsBusyOrDatabaseUnavailableOrShuttingDown: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'logins_busy' | 'database_unavailable' | 'shutting_down';
        };
      };
    };
    /** @description `Not authenticated`; `Could not validate credentials` */
    NotAuthenticatedOrInvalidToken: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'not_authenticated' | 'invalid_token';
        };
      };
    };
    /** @description `Order not found` */
    OrderNotFound: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'order_not_found';
        };
      };
    };
    /** @description `Order not found`; `The order is not placed yet: it is not known whether its payment was made`; `The order was not placed: nothing was charged` */
    OrderNotFoundOrPlacementPendingOrPlacementDeclined: {
      headers: {
        /** @description After how many seconds a repeat can help */
        'Retry-After'?: number;
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'order_not_found' | 'placement_pending' | 'placement_declined';
        };
      };
    };
    /** @description `The body is larger than this route accepts` */
    PayloadTooLarge: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'payload_too_large';
        };
      };
    };
    /** @description `Placement not found` */
    PlacementNotFound: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'placement_not_found';
        };
      };
    };
    /** @description `The resource has changed since it was read; read it again` */
    PreconditionFailed: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'precondition_failed';
        };
      };
    };
    /** @description `Product not found` */
    ProductNotFound: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'product_not_found';
        };
      };
    };
    /** @description `This process is shutting down; repeat the request` */
    ShuttingDown: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'shutting_down';
        };
      };
    };
    /** @description `Too many failed logins; wait before the next try` */
    TooManyFailedLogins: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'too_many_failed_logins';
        };
      };
    };
    /** @description `The body must be application/json` */
    UnsupportedMediaType: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'unsupported_media_type';
        };
      };
    };
    /** @description `User not found` */
    UserNotFound: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'user_not_found';
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description Changes whenever the resource changes */
    ETag: string;
    /** @description The response is that of the first request with this Idempotency-Key */
    'Idempotent-Replayed': 'true';
    /** @description The next page, relative to this request; the last page has none */
    Link: string;
    /** @description Where the new resource is, relative to the URL of the request */
    Location: string;
    /** @description After how many seconds a repeat can help */
    'Retry-After': number;
    /** @description How to authenticate (RFC 6750). A token that was refused has an `error` */
    'WWW-Authenticate': string;
    /** @description The id of the request in the logs: its own X-Request-Id if that was sent, otherwise a new one */
    'X-Request-Id': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  issueToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': components['schemas']['IssueToken'];
        'multipart/form-data': components['schemas']['IssueToken'];
      };
    };
    responses: {
      /** @description The token */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Token'];
        };
      };
      /**
       * @description `The refresh token is not valid; log in again`; `refresh_token is missing`
       *
       *     `The body is not a valid form`
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_grant' | 'invalid_request' | 'bad_request';
            /** @description The code of OAuth2 (RFC 6749, 5.2) */
            error?: string;
          };
        };
      };
      /** @description `Incorrect email or password` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'incorrect_credentials';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      /** @description `The body must be application/x-www-form-urlencoded or multipart/form-data` */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unsupported_media_type';
          };
        };
      };
      /** @description `The request does not fit its schema: password must be a string` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      429: components['responses']['TooManyFailedLogins'];
      503: components['responses']['LoginsBusyOrDatabaseUnavailableOrShuttingDown'];
    };
  };
  revokeToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': components['schemas']['RevokeToken'];
        'multipart/form-data': components['schemas']['RevokeToken'];
      };
    };
    responses: {
      /** @description Access tokens of the session stop working within 30 seconds */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `token is missing`
       *
       *     `The body is not a valid form`
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request' | 'bad_request';
            /** @description The code of OAuth2 (RFC 6749, 5.2) */
            error?: string;
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      /** @description `The body must be application/x-www-form-urlencoded or multipart/form-data` */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unsupported_media_type';
          };
        };
      };
      /** @description `The request does not fit its schema: token must be a string` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  registerAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterAccount'];
      };
    };
    responses: {
      /** @description The account */
      201: {
        headers: {
          Location: components['headers']['Location'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Account'];
        };
      };
      400: components['responses']['BadRequest'];
      409: components['responses']['EmailTaken'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidRequestOrPasswordRefused'];
      /** @description `Too many registrations; wait before the next try` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'too_many_registrations';
          };
        };
      };
      503: components['responses']['LoginsBusyOrDatabaseUnavailableOrShuttingDown'];
    };
  };
  getMyAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The account */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Account'];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  changeMyPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeMyPassword'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['BadRequest'];
      /**
       * @description `Incorrect email or password`
       *
       *     `Not authenticated`; `Could not validate credentials`
       */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'incorrect_credentials' | 'not_authenticated' | 'invalid_token';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: new_password must be a string`; `The password must have at least 15 characters` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request' | 'password_refused';
          };
        };
      };
      429: components['responses']['TooManyFailedLogins'];
      503: components['responses']['LoginsBusyOrDatabaseUnavailableOrShuttingDown'];
    };
  };
  issueStreamTicket: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream ticket */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StreamTicket'];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getMenu: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client has */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The menu */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Menu'];
        };
      };
      /** @description The representation is the one that the client has */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getShop: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client has */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The shop */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Shop'];
        };
      };
      /** @description The representation is the one that the client has */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listMyOrders: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        status?: components['schemas']['OrderStatus'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The orders */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  placeOrder: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 printable ASCII characters, best a UUID: with the same key a repeated request never charges twice. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlaceOrder'];
      };
    };
    responses: {
      /** @description The response of the first request with this key */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description Paid and placed */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          Location: components['headers']['Location'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /**
       * @description `Invalid product_id or variation_id: 8d3c0c5e-7c1e-4b0e-9b0a-0f2f5d8f4c11, 0e0c8f6a-53f4-4f0e-8f0a-6f3c1f9d7a22`
       *
       *     `Idempotency-Key must be given once and hold 1 to 255 printable ASCII characters`
       *
       *     `The body is not valid JSON`
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_order_line' | 'invalid_idempotency_key' | 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      /** @description `Payment failed: the provider answered 402` */
      402: {
        headers: {
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'payment_failed';
            /** @description The payment provider's answer */
            provider?: {
              /** @description Null if the provider gave no answer */
              status: number | null;
              /** @description The provider's body */
              body:
                | ({
                    [key: string]: unknown;
                  } | null)
                | unknown[]
                | string
                | number
                | boolean;
            };
          };
        };
      };
      403: components['responses']['InsufficientPermissions'];
      /**
       * @description `The first request with this Idempotency-Key is still running`
       *
       *     `Some of the items are sold out; nothing was charged`; `Total mismatch: computed 900, received 800`
       *
       *     `The shop is closed; nothing was charged`; `The shop takes no orders for now; nothing was charged`; `The shop has as many open orders as it accepts; nothing was charged`
       */
      409: {
        headers: {
          /** @description After how many seconds a repeat can help */
          'Retry-After'?: number;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'placement_in_progress'
              | 'sold_out'
              | 'total_mismatch'
              | 'shop_closed'
              | 'ordering_paused'
              | 'shop_busy';
            /** @description What is sold out, each once */
            items?: {
              /** Format: uuid */
              product_id: string;
              /** Format: uuid */
              variation_id: string | null;
            }[];
            /** @description The order's total at the menu's present prices */
            computed_total_cents?: number;
            /**
             * Format: date-time
             * @description When the shop next opens; null if never
             */
            opens_at?: string | null;
            /**
             * Format: date-time
             * @description When the pause ends; null if it has no end
             */
            paused_until?: string | null;
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /**
       * @description `The total of the order must not exceed 2147483647 cents`
       *
       *     `The request does not fit its schema: quantity must not be greater than 100`
       *
       *     `This Idempotency-Key was used with another request; use a new key`
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'total_too_large' | 'invalid_request' | 'idempotency_key_reused';
          };
        };
      };
      /**
       * @description `The payment provider cannot be reached; nothing was charged`; `It is not known yet whether the payment was made; read order 5f0c3d2a-9d4b-4b6f-8a1e-2b7c6d5e4f33 for the outcome, and repeat the request only if it had an Idempotency-Key, with the same one`; `Too many of your orders are being paid at once; nothing was charged for this one`
       *
       *     `This process is shutting down; repeat the request`
       *
       *     `The database cannot be reached; repeat the request, with its Idempotency-Key where it has one`
       */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'payment_unavailable'
              | 'payment_outcome_unknown'
              | 'too_many_concurrent_orders'
              | 'shutting_down'
              | 'database_unavailable';
            /**
             * Format: uuid
             * @description The order that may still be placed: GET /orders/{id} shows the outcome
             */
            order_id?: string;
          };
        };
      };
    };
  };
  getOrder: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client has */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description The representation is the one that the client has */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      404: components['responses']['OrderNotFoundOrPlacementPendingOrPlacementDeclined'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getOrderTimeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order events */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderEvent'][];
        };
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      404: components['responses']['OrderNotFound'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  changeOrderStatus: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeOrderStatus'];
      };
    };
    responses: {
      /** @description The order */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /**
       * @description `Invalid transition: current status is waiting, only next allowed is preparation.`; `Invalid status: eaten. Allowed: waiting, preparation, ready, delivered`
       *
       *     `The body is not valid JSON`
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_transition' | 'invalid_status' | 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['OrderNotFound'];
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: status must be a string` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  streamOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-Sent Events. The first is `snapshot`, with the whole state. It is the order, and so is each `order`, which comes whenever the order changed. There are no ids and no deltas: a client that reconnects gets a snapshot. A comment comes at least every 15 seconds. The stream ends with its access token, within 12 seconds after the user is disabled or gets another role or the session ends, when the process stops, and after more than 5 seconds without the database. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example event: snapshot
           *     data: {"id":"0b5f2d9c-4d0a-4a52-9a6e-6f1b0a0c8f11","customer_id":"3d1c5f0e-9b7a-4c55-8a41-2e6f7d8c9b02","status":"waiting","total_cents":900,"metadata":null,"created_at":"2026-11-30T08:00:00.000Z","updated_at":"2026-11-30T08:00:00.000Z","items":[{"id":"5e8a7c31-0f4d-4d0b-b6a2-91c3d2e4f503","product_id":"c0ffee00-0000-4000-8000-000000001000","variation_id":"c0ffee00-0000-4000-8000-000000001001","product_name":"Latte","variation_name":"Pumpkin Spice","quantity":2,"product_base_price_cents":400,"variation_price_change_cents":50,"unit_price_cents":450,"line_total_cents":900}],"payment":{"id":"8c2b6d40-1a5e-4f3c-a7d9-0b4e5f6a7c04","amount_cents":900,"response_status_code":200},"number":42,"pickup_name":"Ada","note":null,"cancellation":null,"refunded_cents":0}
           *
           *     event: order
           *     data: {"id":"0b5f2d9c-4d0a-4a52-9a6e-6f1b0a0c8f11","customer_id":"3d1c5f0e-9b7a-4c55-8a41-2e6f7d8c9b02","status":"preparation","total_cents":900,"metadata":null,"created_at":"2026-11-30T08:00:00.000Z","updated_at":"2026-11-30T08:00:00.000Z","items":[{"id":"5e8a7c31-0f4d-4d0b-b6a2-91c3d2e4f503","product_id":"c0ffee00-0000-4000-8000-000000001000","variation_id":"c0ffee00-0000-4000-8000-000000001001","product_name":"Latte","variation_name":"Pumpkin Spice","quantity":2,"product_base_price_cents":400,"variation_price_change_cents":50,"unit_price_cents":450,"line_total_cents":900}],"payment":{"id":"8c2b6d40-1a5e-4f3c-a7d9-0b4e5f6a7c04","amount_cents":900,"response_status_code":200},"number":42,"pickup_name":"Ada","note":null,"cancellation":null,"refunded_cents":0}
           */
          'text/event-stream': string;
        };
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      404: components['responses']['OrderNotFoundOrPlacementPendingOrPlacementDeclined'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  cancelOrder: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CancelOrder'];
      };
    };
    responses: {
      /** @description The order */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      404: components['responses']['OrderNotFound'];
      /** @description `The order is in preparation; only a manager can cancel it now`; `The order was delivered and can no longer be cancelled` */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'order_in_preparation' | 'order_delivered';
          };
        };
      };
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: note must have at most 1000 characters` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listOrderRefunds: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The refunds */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Refund'][];
        };
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['OrderNotFound'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  refundOrder: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 printable ASCII characters, best a UUID: with the same key a repeated request never refunds twice. Kept with the refund. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefundOrder'];
      };
    };
    responses: {
      /** @description The response of the first request with this key */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Refund'];
        };
      };
      /** @description Recorded; the worker sends it to the payment provider */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          Location: components['headers']['Location'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Refund'];
        };
      };
      /**
       * @description `Idempotency-Key must be given once and hold 1 to 255 printable ASCII characters`
       *
       *     `The body is not valid JSON`
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_idempotency_key' | 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['OrderNotFound'];
      /** @description `At most 450 cents of this payment can still be refunded` */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'refund_exceeds_payment';
            /** @description What can still be refunded */
            refundable_cents?: number;
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /**
       * @description `The request does not fit its schema: amount_cents must not be less than 1`
       *
       *     `This Idempotency-Key was used with another request; use a new key`
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request' | 'idempotency_key_reused';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getRefund: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client has */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
        refund_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The refund */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Refund'];
        };
      };
      /** @description The representation is the one that the client has */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `Order not found`; `Refund not found` */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'order_not_found' | 'refund_not_found';
          };
        };
      };
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getBoard: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The board */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Board'];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  streamBoard: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-Sent Events. The first is `snapshot`, with the whole state. It is the body of `GET /admin/board`, and comes again when `truncated` changes. Each `order` is a whole order that is new or changed; one that leaves the board comes once more, in its last state. `menu` and `shop` are the bodies of `GET /menu` and `GET /shop`, when those changed. There are no ids and no deltas: a client that reconnects gets a snapshot. A comment comes at least every 15 seconds. The stream ends with its access token, within 12 seconds after the user is disabled or gets another role or the session ends, when the process stops, and after more than 5 seconds without the database. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example event: snapshot
           *     data: {"orders":[],"truncated":false}
           *
           *     event: order
           *     data: {"id":"0b5f2d9c-4d0a-4a52-9a6e-6f1b0a0c8f11","customer_id":"3d1c5f0e-9b7a-4c55-8a41-2e6f7d8c9b02","status":"waiting","total_cents":900,"metadata":null,"created_at":"2026-11-30T08:00:00.000Z","updated_at":"2026-11-30T08:00:00.000Z","items":[{"id":"5e8a7c31-0f4d-4d0b-b6a2-91c3d2e4f503","product_id":"c0ffee00-0000-4000-8000-000000001000","variation_id":"c0ffee00-0000-4000-8000-000000001001","product_name":"Latte","variation_name":"Pumpkin Spice","quantity":2,"product_base_price_cents":400,"variation_price_change_cents":50,"unit_price_cents":450,"line_total_cents":900}],"payment":{"id":"8c2b6d40-1a5e-4f3c-a7d9-0b4e5f6a7c04","amount_cents":900,"response_status_code":200},"number":42,"pickup_name":"Ada","note":null,"cancellation":null,"refunded_cents":0}
           */
          'text/event-stream': string;
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  searchOrders: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        status?: components['schemas']['OrderStatus'];
        number?: number;
        /** @description Only the orders of this customer */
        customer_id?: string;
        /** @description Only orders that were placed then or later, such as 2026-11-30T03:00:00Z */
        from?: string;
        /** @description Only orders that were placed earlier than then, such as 2026-12-01T03:00:00Z */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The orders */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  createProduct: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateProduct'];
      };
    };
    responses: {
      /** @description The product */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          Location: components['headers']['Location'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      409: components['responses']['DuplicateProductNameOrDuplicateVariationName'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: base_price_cents must not be less than 0`; `The price with variation "Small" would be -10 cents; it must be between 0 and 2147483647` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request' | 'impossible_unit_price';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getProduct: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client has */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The product */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      /** @description The representation is the one that the client has */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['ProductNotFound'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  withdrawProduct: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['ProductNotFound'];
      412: components['responses']['PreconditionFailed'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  updateProduct: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateProduct'];
      };
    };
    responses: {
      /** @description The product */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['ProductNotFound'];
      409: components['responses']['DuplicateProductNameOrDuplicateVariationName'];
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `variations.0.id is not the id of a variation of this product, or is used twice`; `The request does not fit its schema: base_price_cents must not be less than 0`; `The price with variation "Small" would be -10 cents; it must be between 0 and 2147483647` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_variation_id' | 'invalid_request' | 'impossible_unit_price';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  setProductAvailability: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetAvailability'];
      };
    };
    responses: {
      /** @description The product */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['ProductNotFound'];
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: until must be in the future` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  setVariationAvailability: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
        variation_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetAvailability'];
      };
    };
    responses: {
      /** @description The product */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /**
       * @description `Variation not found`
       *
       *     `Product not found`
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'variation_not_found' | 'product_not_found';
          };
        };
      };
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: until must be in the future` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  setShopHours: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetShopHours'];
      };
    };
    responses: {
      /** @description The shop */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Shop'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /**
       * @description `weekly.tue.0 overlaps with weekly.mon.1`
       *
       *     `The request does not fit its schema: weekly.mon.0.1 must be a local time from "00:00" to "23:59"`
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'overlapping_hours' | 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  pauseShop: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PauseShop'];
      };
    };
    responses: {
      /** @description The shop */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Shop'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: until must be in the future` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  resumeShop: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      412: components['responses']['PreconditionFailed'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  setShopLimits: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetShopLimits'];
      };
    };
    responses: {
      /** @description The shop */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Shop'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: max_open_orders must not be less than 1` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listPlacements: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        /** @description A manager is needed for unknown and declined_unconfirmed, and for refund_due if its refund is unknown or rejected */
        state?: components['schemas']['PlacementState'];
        /** @description The order that the placement became or may become */
        order_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The placements */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Placement'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getPlacement: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The placement */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Placement'];
        };
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['PlacementNotFound'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  resolvePlacement: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolvePlacement'];
      };
    };
    responses: {
      /** @description The placement */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Placement'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['PlacementNotFound'];
      /** @description `A placement that is charging cannot be resolved as charged`; `The refund of this placement is being sent; resolve the placement when that has ended` */
      409: {
        headers: {
          /** @description After how many seconds a repeat can help */
          'Retry-After'?: number;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'placement_not_resolvable' | 'refund_in_progress';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: outcome must be one of the following values: charged, not_charged` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listRefunds: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        state?: components['schemas']['RefundState'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The admin refunds */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminRefund'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  resolveRefund: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolveRefund'];
      };
    };
    responses: {
      /** @description The admin refund */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminRefund'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `Refund not found` */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'refund_not_found';
          };
        };
      };
      /** @description `A refund that is sending cannot be resolved as refunded` */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'refund_not_resolvable';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: outcome must be one of the following values: refunded, not_refunded` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listNotifications: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        state?: components['schemas']['NotificationState'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The notifications */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Notification'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  redriveNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RedriveNotifications'];
      };
    };
    responses: {
      /** @description The redrive result */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedriveResult'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      /** @description `The request does not fit its schema: to must not be before from` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  redriveNotification: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is pending again */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Notification'];
        };
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `Notification not found` */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'notification_not_found';
          };
        };
      };
      /** @description `Only a dead notification can be redriven; this one is delivered` */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'notification_not_dead';
          };
        };
      };
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  getDayReport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The report. As CSV, each row has one number of it */
      200: {
        headers: {
          /** @description Of CSV: a name for the file */
          'Content-Disposition'?: string;
          /** @description `Accept` */
          Vary?: string;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DayReport'];
          /**
           * @example date,section,name,variation,product_id,variation_id,from,count,cents
           *     2026-11-30,total,gross_sales,,,,,,1290
           *     2026-11-30,hour,,,,,2026-11-30T03:00:00.000Z,2,1290
           */
          'text/csv': string;
        };
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: date must be a day from 2000-01-01 to 2100-12-31, such as 2026-11-30` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listAuditEntries: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        /** @description Only what this user did */
        actor?: string;
        action?: components['schemas']['AuditAction'];
        /** @description Only what was done to the product, order, … with this id */
        subject?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The audit entries */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditEntry'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  listUsers: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header */
        cursor?: string;
        role?: components['schemas']['Role'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The users */
      200: {
        headers: {
          Link: components['headers']['Link'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'][];
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      /** @description `The request does not fit its schema: limit must not be greater than 100` */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'invalid_request';
          };
        };
      };
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  createUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateUser'];
      };
    };
    responses: {
      /** @description The user */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          Location: components['headers']['Location'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      409: components['responses']['EmailTaken'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidRequestOrPasswordRefused'];
      503: components['responses']['LoginsBusyOrDatabaseUnavailableOrShuttingDown'];
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client has */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description The representation is the one that the client has */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `Failed to decode param '%zz'` */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'bad_request';
          };
        };
      };
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['UserNotFound'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
  updateUser: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the representation that the client read; the change is refused if it is stale */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateUser'];
      };
    };
    responses: {
      /** @description The user */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['NotAuthenticatedOrInvalidToken'];
      403: components['responses']['InsufficientPermissions'];
      404: components['responses']['UserNotFound'];
      /** @description `The last enabled manager can be neither demoted nor disabled` */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'last_manager';
          };
        };
      };
      412: components['responses']['PreconditionFailed'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidRequest'];
      503: components['responses']['DatabaseUnavailableOrShuttingDown'];
    };
  };
}
