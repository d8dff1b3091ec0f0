import request from 'supertest';
import type { Role } from '#users';
import { Person } from './person.js';
import { claimsOf } from './token.js';

/** Logs in a user of the development seed. */
export async function logIn(baseUrl: string, role: Role): Promise<Person> {
  const { body } = await request(baseUrl)
    .post('/api/v1/auth/token')
    .type('form')
    .send({ username: `${role}@example.com`, password: `${role}123` })
    .expect(200);
  return new Person(baseUrl, String(claimsOf(body.access_token).sub), body.access_token);
}
