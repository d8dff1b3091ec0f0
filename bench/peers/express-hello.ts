import express from 'express';

/** Express answering a fixed JSON, the menu, as its first page of documentation shows; what else a request costs is Express's own. */
const menu: unknown = JSON.parse(process.env.MENU ?? '{}');

express()
  .get('/api/v1/menu', (_request, response) => {
    response.json(menu);
  })
  .get('/health/ready', (_request, response) => {
    response.json({ status: 'ok' });
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
