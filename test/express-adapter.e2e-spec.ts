import 'reflect-metadata';
import { IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Controller, Get, Module, Query, Redirect, Req, Res, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import { from, map } from 'rxjs';
import request from 'supertest';
import { StablePrototypeExpressAdapter } from '../apps/api/http/stable-prototype-express.adapter.js';

let captured: { request: object; response: object };

@Controller()
class TestController {
  @Get('captured')
  capture(@Req() req: Request, @Res() res: Response): void {
    captured = { request: req, response: res };
    res.end();
  }

  @Get('redirect')
  @Redirect('/elsewhere', 307)
  redirect(): void {
    // The decorator sends the response.
  }

  @Get('express')
  express(@Req() req: Request, @Res() res: Response): void {
    res
      .status(202)
      .cookie('milk', 'oat')
      .json({ app: req.app === res.app, ip: req.ip, query: req.query, fresh: req.fresh });
  }

  @Get('broken')
  broken(): void {
    throw new Error('No milk');
  }

  @Get('rejected')
  rejected(@Query('name') name: string): Promise<string> {
    return Promise.reject(new Error(name));
  }

  @Sse('events')
  events() {
    return from(['grind', 'brew']).pipe(map((data) => ({ data })));
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

describe('StablePrototypeExpressAdapter', () => {
  let app: NestExpressApplication;
  let server: Server;

  beforeAll(async () => {
    app = await start();
    server = app.getHttpServer();
  });
  afterAll(() => app.close());

  // A changed prototype would not break a request, but it would slow down all of them.
  it('never changes the prototypes of a request and its response', async () => {
    const initialPrototypes: unknown[] = [];
    server.prependOnceListener('request', (...objects: object[]) => {
      initialPrototypes.push(...objects.map((object): unknown => Object.getPrototypeOf(object)));
    });

    await request(server).get('/captured').expect(200);

    const { request: req, response: res } = captured;
    expect(initialPrototypes).toHaveLength(2);
    expect(initialPrototypes[0]).toBe(Object.getPrototypeOf(req));
    expect(initialPrototypes[1]).toBe(Object.getPrototypeOf(res));
  });

  it('provides every member of Express', async () => {
    await request(server).get('/captured').expect(200);

    for (const name of Object.keys(express.request)) expect(name in captured.request).toBe(true);
    for (const name of Object.keys(express.response)) expect(name in captured.response).toBe(true);
    expect(Object.keys(express.response).length).toBeGreaterThan(20);
  });

  it("keeps requests and responses instances of Node's classes", async () => {
    await request(server).get('/captured').expect(200);

    expect(captured.request).toBeInstanceOf(IncomingMessage);
    expect(captured.response).toBeInstanceOf(ServerResponse);
  });

  it("supports Express's response methods and request properties", async () => {
    const { body, headers } = await request(server).get('/express?size=large').expect(202);

    expect(body).toEqual({ app: true, ip: '127.0.0.1', query: { size: 'large' }, fresh: false });
    expect(headers).toMatchObject({ 'set-cookie': ['milk=oat; Path=/'] });
  });

  it('supports redirects', async () => {
    await request(server).get('/redirect').expect(307).expect('Location', '/elsewhere');
  });

  it.each(['/broken', '/rejected?name=no+beans'])('returns 500 for the error of %s', async (path) => {
    await request(server).get(path).expect(500).expect({ statusCode: 500, message: 'Internal server error' });
  });

  it('returns 404 for an unknown route', async () => {
    await request(server).get('/nowhere').expect(404);
  });

  it('supports server-sent events', async () => {
    const { text } = await request(server)
      .get('/events')
      .expect(200)
      .expect('Content-Type', /event-stream/);

    expect(text).toContain('data: grind');
    expect(text).toContain('data: brew');
  });

  it('returns 503 while the application closes', async () => {
    const closing = await start();
    await closing.getHttpAdapter().beforeClose?.();

    await request(closing.getHttpServer()).get('/express').expect(503);
    await closing.close();
  });
});

async function start(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    TestModule,
    new StablePrototypeExpressAdapter(),
    { logger: false, return503OnClosing: true },
  );
  await app.listen(0, '127.0.0.1');
  return app;
}
