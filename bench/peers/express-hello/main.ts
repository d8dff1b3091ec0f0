import express from 'express';

/** The minimal peer: Express returns a fixed JSON document, the menu. */
const menu: unknown = JSON.parse(process.env.MENU ?? '{}');

express()
  .get('/api/v1/menu', (_request, response) => {
    response.json(menu);
  })
  .get('/health/ready', (_request, response) => {
    response.json({ status: 'ok' });
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
