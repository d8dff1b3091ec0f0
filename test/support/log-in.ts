import request from 'supertest';
import { Person } from './person.js';

/** Somebody of the development's seed, at a shop that runs elsewhere. */
export async function logIn(shop: string, who: 'customer' | 'manager'): Promise<Person> {
  const { body } = await request(shop)
    .post('/api/v1/auth/token')
    .type('form')
    .send({ username: `${who}@example.com`, password: `${who}123` })
    .expect(200);
  const [, claims = ''] = String(body.access_token).split('.');
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return new Person(shop, sub, body.access_token);
}
