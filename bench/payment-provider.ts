import { createServer } from 'node:http';

/** The payment provider: approves every charge after a while, and counts them. `POST /delay/<ms>` sets how long it takes. */

const ANSWER = '{"status":"approved"}';
let delayMs = 0;
let charges = 0;

const server = createServer((request, response) => {
  const answer = (body: string): void => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
  };
  request.resume().once('end', () => {
    if (request.url === '/payment') {
      charges += 1;
      if (delayMs === 0) answer(ANSWER);
      else setTimeout(answer, delayMs, ANSWER);
    } else {
      const delay = /^\/delay\/(\d+)$/.exec(request.url ?? '')?.[1];
      if (delay !== undefined) delayMs = Number(delay);
      answer(String(charges));
    }
  });
});
// Longer than any pause between two rounds: how soon a provider hangs up is not what is measured.
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
