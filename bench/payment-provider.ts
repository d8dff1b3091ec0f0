import { createServer } from 'node:http';

const APPROVED = '{"status":"approved"}';
/** Longer than any pause between two measurements of a target, so that its idle connections stay open. */
const KEEP_ALIVE_MS = 600_000;
let delayMs = 0;
let charges = 0;

/**
 * The payment provider of the benchmark. `POST /payment` approves every charge after the current delay.
 * `POST /delay/<ms>` sets the delay. Every other path returns the number of charges.
 */
const server = createServer((request, response) => {
  const send = (body: string): void => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
  };
  request.resume().once('end', () => {
    if (request.url === '/payment') {
      charges += 1;
      if (delayMs === 0) send(APPROVED);
      else setTimeout(send, delayMs, APPROVED);
      return;
    }
    const delay = /^\/delay\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (delay !== undefined) delayMs = Number(delay);
    send(String(charges));
  });
});
server.keepAliveTimeout = KEEP_ALIVE_MS;
server.listen(Number(process.env.PORT), '127.0.0.1');
