import 'reflect-metadata';
import { IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Controller, Get, Module, Query, Redirect, Req, Res, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import { from, map } from 'rxjs';
import request from 'supertest';
import { StablePrototypeExpressAdapter } from '../apps/api/http/stable-prototype-express.adapter.js';

let seen: { request: object; response: object };

@Controller()
class EverythingController {
  @Get('prototypes')
  prototypes(@Req() asked: Request, @Res() response: Response): void {
    seen = { request: asked, response };
    response.end();
  }

  @Get('redirect')
  @Redirect('/elsewhere', 307)
  redirect(): void {
    // The decorator says it all.
  }

  @Get('express')
  express(@Req() asked: Request, @Res() response: Response): void {
    response
      .status(202)
      .cookie('milk', 'oat')
      .json({ app: asked.app === response.app, ip: asked.ip, query: asked.query, fresh: asked.fresh });
  }

  @Get('broken')
  broken(): void {
    throw new Error('No milk');
  }

  @Get('not-awaited')
  notAwaited(@Query('name') name: string): Promise<string> {
    return Promise.reject(new Error(name));
  }

  @Sse('events')
  events() {
    return from(['grind', 'brew']).pipe(map((data) => ({ data })));
  }
}

@Module({ controllers: [EverythingController] })
class EverythingModule {}

describe('Express with requests and responses that are born with its prototypes', () => {
  let app: NestExpressApplication;
  let server: Server;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(
      EverythingModule,
      new StablePrototypeExpressAdapter(),
      {
        logger: false,
        return503OnClosing: true,
      },
    );
    await app.listen(0, '127.0.0.1');
    server = app.getHttpServer();
  });
  afterAll(() => app.close());

  it('changes no prototype on their way: should Express do so some day, all requests are slow again', async () => {
    const born: unknown[] = [];
    server.prependOnceListener('request', (...pair: object[]) => {
      born.push(...pair.map((object): unknown => Object.getPrototypeOf(object)));
    });

    await request(server).get('/prototypes').expect(200);

    const { request: asked, response } = seen;
    expect(born).toEqual([Object.getPrototypeOf(asked), Object.getPrototypeOf(response)]);
    expect(born[0]).toBe(Object.getPrototypeOf(asked));
    expect(born[1]).toBe(Object.getPrototypeOf(response));
  });

  it('has all that Express gives a request and a response, and all that Node does', async () => {
    await request(server).get('/prototypes').expect(200);

    for (const name of Object.keys(express.request)) expect(name in seen.request).toBe(true);
    for (const name of Object.keys(express.response)) expect(name in seen.response).toBe(true);
    expect(Object.keys(express.response).length).toBeGreaterThan(20);
    expect(seen.request).toBeInstanceOf(IncomingMessage);
    expect(seen.response).toBeInstanceOf(ServerResponse);
  });

  it("answers with Express's own methods and reads with its properties", async () => {
    const { body, headers } = await request(server).get('/express?size=large').expect(202);

    expect(body).toEqual({ app: true, ip: '127.0.0.1', query: { size: 'large' }, fresh: false });
    expect(headers).toMatchObject({ 'set-cookie': ['milk=oat; Path=/'] });
  });

  it('redirects', async () => {
    await request(server).get('/redirect').expect(307).expect('Location', '/elsewhere');
  });

  it.each(['/broken', '/not-awaited?name=no+beans'])('answers the error of %s', async (path) => {
    await request(server).get(path).expect(500).expect({ statusCode: 500, message: 'Internal server error' });
  });

  it('answers what it does not know', async () => {
    await request(server).get('/nowhere').expect(404);
  });

  it('streams events', async () => {
    const { text } = await request(server)
      .get('/events')
      .expect(200)
      .expect('Content-Type', /event-stream/);

    expect(text).toContain('data: grind');
    expect(text).toContain('data: brew');
  });

  it('refuses on connections that are open when it closes', async () => {
    const closing = await NestFactory.create<NestExpressApplication>(
      EverythingModule,
      new StablePrototypeExpressAdapter(),
      { logger: false, return503OnClosing: true },
    );
    await closing.listen(0, '127.0.0.1');
    await closing.getHttpAdapter().beforeClose?.();

    await request(closing.getHttpServer()).get('/express').expect(503);
    await closing.close();
  });
});
