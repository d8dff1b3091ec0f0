import type { FastifyReply } from 'fastify';

export function sendError(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.status(status).send({ status, detail });
}
