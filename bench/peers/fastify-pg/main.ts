import fastifyJwt from '@fastify/jwt';
import Fastify from 'fastify';
import { loginRoutes } from './login.routes.js';
import { orderRoutes } from './order.routes.js';
import { placeOrderRoute } from './place-order.route.js';

/** The hand-written peer: Fastify and pg without an ORM, in the most direct way. */
const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
await app.register(fastifyJwt, { secret: process.env.JWT_SECRET_KEY ?? '', sign: { expiresIn: '30m' } });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
  done(null, Object.fromEntries(new URLSearchParams(String(body)))),
);
app.get('/health/ready', async () => ({ status: 'ok' }));
await app.register(loginRoutes);
await app.register(placeOrderRoute);
await app.register(orderRoutes);
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
