import type { INestApplicationContext } from '@nestjs/common';
import { AuthService } from '#auth';
import { MenuService, ProductsService, type ProductRequest } from '#catalog';

const USERS = [
  { email: 'customer@example.com', password: 'customer123', role: 'customer' },
  { email: 'manager@example.com', password: 'manager123', role: 'manager' },
] as const;

const CATALOG: ProductRequest[] = [
  product('Latte', 400, { 'Pumpkin Spice': 50, Vanilla: 30, Hazelnut: 40 }),
  product('Espresso', 250, { 'Single Shot': 0, 'Double Shot': 100 }),
  product('Macchiato', 400, { Caramel: 50, Vanilla: 30 }),
  product('Iced Coffee', 350, { Regular: 0, Sweetened: 30, 'Extra Ice': 20 }),
  product('Donuts', 200, { Glazed: 0, Jelly: 30, 'Boston Cream': 50 }),
];

/** Adds a customer and a manager with publicly known passwords. Existing users stay unchanged. */
export async function seedUsers(context: INestApplicationContext): Promise<void> {
  const auth = context.get(AuthService, { strict: false });
  for (const user of USERS) await auth.register(user);
}

/** Adds products that are not on the menu. Existing products stay unchanged. */
export async function seedCatalog(context: INestApplicationContext): Promise<void> {
  const products = context.get(ProductsService, { strict: false });
  const menu = await context.get(MenuService, { strict: false }).current();
  const present = new Set(menu.products.map(({ name }) => name));
  for (const request of CATALOG) if (!present.has(request.name)) await products.create(request);
}

function product(name: string, basePriceCents: number, variations: Record<string, number>): ProductRequest {
  return {
    name,
    basePriceCents,
    variations: Object.entries(variations).map(([variation, priceChangeCents]) => ({
      name: variation,
      priceChangeCents,
    })),
  };
}
