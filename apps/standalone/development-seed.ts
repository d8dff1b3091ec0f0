import type { INestApplicationContext } from '@nestjs/common';
import { ProductsService, type ProductRequest } from '#catalog';
import { UsersService } from '#users';

/** Its password is publicly known. */
export const DEVELOPMENT_MANAGER = {
  email: 'manager@example.com',
  password: 'manager123',
  role: 'manager',
} as const;
const USERS = [
  { email: 'customer@example.com', password: 'customer123', role: 'customer' },
  { email: 'barista@example.com', password: 'barista123', role: 'barista' },
  DEVELOPMENT_MANAGER,
] as const;

const CATALOG: ProductRequest[] = [
  product('Latte', 400, { 'Pumpkin Spice': 50, Vanilla: 30, Hazelnut: 40 }),
  product('Espresso', 250, { 'Single Shot': 0, 'Double Shot': 100 }),
  product('Macchiato', 400, { Caramel: 50, Vanilla: 30 }),
  product('Iced Coffee', 350, { Regular: 0, Sweetened: 30, 'Extra Ice': 20 }),
  product('Donuts', 200, { Glazed: 0, Jelly: 30, 'Boston Cream': 50 }),
];

/** Adds a user of each role with a publicly known password if there are no users. Returns how many it added. */
export async function seedUsers(context: INestApplicationContext): Promise<number> {
  return context.get(UsersService, { strict: false }).createFirst(USERS);
}

/** Adds the products if there never was one, so that a renamed or withdrawn one does not come back. Returns how many it added. */
export async function seedCatalog(context: INestApplicationContext): Promise<number> {
  return context.get(ProductsService, { strict: false }).createFirst(CATALOG);
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
