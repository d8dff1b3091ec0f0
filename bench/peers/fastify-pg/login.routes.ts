import argon2 from 'argon2';
import type { FastifyInstance } from 'fastify';
import { pool } from './database.js';
import { sendError } from './replies.js';

export interface TokenPayload {
  sub: string;
  role: string;
}

interface UserRow {
  id: string;
  role: string;
  hashed_password: string;
}

export async function loginRoutes(app: FastifyInstance): Promise<void> {
  app.post<{ Body: { username: string; password: string } }>('/api/v1/auth/token', async (request, reply) => {
    const { rows } = await pool.query<UserRow>(
      'SELECT id, role, hashed_password FROM users WHERE email = $1',
      [request.body.username.toLowerCase()],
    );
    const [user] = rows;
    if (!user || !(await argon2.verify(user.hashed_password, request.body.password))) {
      return sendError(reply, 401, 'Incorrect email or password');
    }
    const claims = { sub: user.id, role: user.role };
    return { access_token: app.jwt.sign(claims), token_type: 'bearer', expires_in: 1800 };
  });
}
