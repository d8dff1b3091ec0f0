import type { INestApplicationContext } from '@nestjs/common';
import { AVAILABLE, ProductsService, type MenuProduct } from '#catalog';
import { UsersService } from '#users';
import { seededProductId, seededUserId } from '../api/openapi/seeded-ids.js';

/** Its password is publicly known. */
export const DEVELOPMENT_MANAGER = {
  id: seededUserId(3),
  email: 'manager@example.com',
  password: 'manager123',
  role: 'manager',
} as const;
const USERS = [
  { id: seededUserId(1), email: 'customer@example.com', password: 'customer123', role: 'customer' },
  { id: seededUserId(2), email: 'barista@example.com', password: 'barista123', role: 'barista' },
  DEVELOPMENT_MANAGER,
] as const;

const CATALOG: MenuProduct[] = [
  product(1, 'Latte', 400, { 'Pumpkin Spice': 50, Vanilla: 30, Hazelnut: 40 }),
  product(2, 'Espresso', 250, { 'Single Shot': 0, 'Double Shot': 100 }),
  product(3, 'Macchiato', 400, { Caramel: 50, Vanilla: 30 }),
  product(4, 'Iced Coffee', 350, { Regular: 0, Sweetened: 30, 'Extra Ice': 20 }),
  product(5, 'Donuts', 200, { Glazed: 0, Jelly: 30, 'Boston Cream': 50 }),
];

/** Adds a user of each role with a publicly known password if there are no users. Returns how many it added. */
export async function seedUsers(context: INestApplicationContext): Promise<number> {
  return context.get(UsersService, { strict: false }).createFirst(USERS);
}

/** Adds the products if there never was one, so that a renamed or withdrawn one does not come back. Returns how many it added. */
export async function seedCatalog(context: INestApplicationContext): Promise<number> {
  return context.get(ProductsService, { strict: false }).createFirst(CATALOG);
}

function product(
  number: number,
  name: string,
  basePriceCents: number,
  variations: Record<string, number>,
): MenuProduct {
  return {
    id: seededProductId(number),
    name,
    basePriceCents,
    ...AVAILABLE,
    variations: Object.entries(variations).map(([variation, priceChangeCents], index) => ({
      id: seededProductId(number, index + 1),
      name: variation,
      priceChangeCents,
      ...AVAILABLE,
    })),
  };
}
