import type { Fixtures } from './workloads.js';

/** Logs the seed's users in and makes up an order of two lines. Throws an Error where that fails. */
export async function createFixtures(url: string): Promise<Fixtures> {
  const customer = await token(url, 'customer@example.com', 'customer123');
  const manager = await token(url, 'manager@example.com', 'manager123');
  const { products } = (await (await fetch(`${url}/api/v1/menu`)).json()) as {
    products: {
      id: string;
      base_price_cents: number;
      variations: { id: string; price_change_cents: number }[];
    }[];
  };
  const items = products.slice(0, 2).map((product) => ({
    product_id: product.id,
    variation_id: product.variations[0]?.id,
    quantity: 2,
  }));
  const totalCents = products
    .slice(0, 2)
    .reduce(
      (sum, product) =>
        sum + 2 * (product.base_price_cents + (product.variations[0]?.price_change_cents ?? 0)),
      0,
    );
  const [, claims = ''] = customer.split('.');
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return {
    customerId: sub,
    customer: { Authorization: `Bearer ${customer}` },
    manager: { Authorization: `Bearer ${manager}` },
    order: JSON.stringify({ items, total_cents: totalCents }),
  };
}

async function token(url: string, username: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({ username, password }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}
