/** The users and the order that every workload sends. */
export interface Fixtures {
  customerId: string;
  customerHeaders: Record<string, string>;
  managerHeaders: Record<string, string>;
  /** JSON of an order with two lines and the right total. */
  orderBody: string;
}

interface Product {
  id: string;
  base_price_cents: number;
  variations: { id: string; price_change_cents: number }[];
}

const QUANTITY = 2;

/** Logs the seeded users in and builds an order from the menu. Throws an Error if a login fails. */
export async function createFixtures(url: string): Promise<Fixtures> {
  const customerToken = await logIn(url, 'customer@example.com', 'customer123');
  const managerToken = await logIn(url, 'manager@example.com', 'manager123');
  const menu = (await (await fetch(`${url}/api/v1/menu`)).json()) as { products: Product[] };
  const choices = menu.products.slice(0, 2).map((product) => ({ product, variation: product.variations[0] }));
  const items = choices.map(({ product, variation }) => ({
    product_id: product.id,
    variation_id: variation?.id,
    quantity: QUANTITY,
  }));
  const prices = choices.map(
    ({ product, variation }) => product.base_price_cents + (variation?.price_change_cents ?? 0),
  );
  const totalCents = prices.reduce((sum, price) => sum + QUANTITY * price, 0);
  return {
    customerId: subjectOf(customerToken),
    customerHeaders: { Authorization: `Bearer ${customerToken}` },
    managerHeaders: { Authorization: `Bearer ${managerToken}` },
    orderBody: JSON.stringify({ items, total_cents: totalCents }),
  };
}

async function logIn(url: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({ username, password }),
  });
  if (!response.ok) throw new Error(`Login of ${username} failed with status ${response.status}`);
  const { access_token } = (await response.json()) as { access_token: string };
  return access_token;
}

function subjectOf(token: string): string {
  const [, claims = ''] = token.split('.');
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return sub;
}
