// The ids of the development seed. The examples contain them, so that they can be sent as they stand.

/** Returns the id of a seeded product, or of one of its variations, by their numbers from 1. */
export function seededProductId(product: number, variation = 0): string {
  return `c0ffee00-0000-4000-8000-000000${digits(product)}${digits(variation)}`;
}

/** Returns the id of a seeded user by its number from 1. */
export function seededUserId(user: number): string {
  return `c0ffee00-0000-4000-9000-000000000${digits(user)}`;
}

function digits(number: number): string {
  return String(number).padStart(3, '0');
}
