// A day in the shop, from the first order to the last refund: npm run tour -- http://localhost:8000/api/v1
// @ts-check
import { createClient, createKey, logIn, ProblemError, unwrap } from '@coffee-shop/client';

const baseUrl = process.argv[2] ?? 'http://localhost:8000/api/v1';

// A session renews its tokens by itself; a client without a token reads what is public.
const phone = await logIn({ baseUrl, email: 'customer@example.com', password: 'customer123' });
const office = await logIn({ baseUrl, email: 'manager@example.com', password: 'manager123' });
const guest = createClient({ baseUrl });
const customer = createClient({ baseUrl, token: phone.token });
const manager = createClient({ baseUrl, token: office.token });

const { products } = await unwrap(guest.GET('/menu'));
const latte = products.find(({ name }) => name === 'Latte');
const vanilla = latte?.variations.find(({ name }) => name === 'Vanilla');
if (!latte || !vanilla) throw new Error('There is no Latte with Vanilla on the menu');
const items = [{ product_id: latte.id, variation_id: vanilla.id, quantity: 2 }];
const total_cents = 2 * (latte.base_price_cents + vanilla.price_change_cents);

// Store the key before you order: after a crash, the same key leads to the same order. Nothing is charged twice.
const key = createKey();
const order = await customer.placeOrder({ items, total_cents, pickup_name: 'Ada' }, { key });
const again = await customer.placeOrder({ items, total_cents, pickup_name: 'Ada' }, { key });
console.log(
  `Order ${order.number} costs ${order.total_cents} cents. The repeat found it: ${again.id === order.id}`,
);

// A refusal is an error with the API's code. The codes are typed: a misspelt one does not compile.
const refusal = await customer.placeOrder({ items, total_cents: 1 }).catch((error) => error);
if (!(refusal instanceof ProblemError) || refusal.code !== 'total_mismatch') throw refusal;
console.log(`A wrong total is refused: ${refusal.detail}`);

// waiting → preparation → ready → delivered
const path = { id: order.id };
for (const status of /** @type {const} */ (['preparation', 'ready', 'delivered'])) {
  const moved = await unwrap(manager.PATCH('/orders/{id}/status', { params: { path }, body: { status } }));
  console.log(`Order ${moved.number} is ${moved.status}`);
}

// The milk was sour. The refund has a key too.
const refund = await manager.refundOrder(order.id, { amount_cents: 430, reason: 'quality' });
console.log(`${refund.amount_cents} cents go back: ${refund.state}`);

// The grinder is broken: no orders for 15 minutes.
await unwrap(manager.PUT('/admin/shop/pause', { body: { minutes: 15 } }));
try {
  const paused = await customer.placeOrder({ items }).catch((error) => error);
  if (!(paused instanceof ProblemError) || paused.code !== 'ordering_paused') throw paused;
  console.log(`The shop is paused: ${paused.detail}`);
} finally {
  await unwrap(manager.DELETE('/admin/shop/pause'));
}

// A customer cancels an order that waits; the whole payment goes back.
const second = await customer.placeOrder({ items });
await unwrap(customer.POST('/orders/{id}/cancel', { params: { path: { id: second.id } }, body: {} }));
const own = await unwrap(customer.GET('/orders', { params: { query: { limit: 2 } } }));
for (const { number, status } of own) console.log(`Order ${number} is ${status}`);

await phone.logOut();
await office.logOut();
