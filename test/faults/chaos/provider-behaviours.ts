import { setTimeout as sleep } from 'node:timers/promises';
import { accept, type NotificationBehaviour } from '../../support/notification-stub.js';
import {
  approve,
  approveWith,
  chargeAndHang,
  chargeAndReset,
  chargeThen,
  decline,
  hang,
  reset,
  type PaymentBehaviour,
} from '../../support/payment-stub.js';

const FIVE_MEGABYTES = Buffer.alloc(5_000_000, 'x');
/** Longer than the payment time-out of a chaos run. */
const TOO_LATE_MS = 700;

export const slowApproval: PaymentBehaviour = (exchange) => void sleep(200).then(() => approve(exchange));

const slowBody: PaymentBehaviour = ({ record, response }) => {
  record();
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 100);
  response.on('close', () => clearInterval(timer));
};

const redirect: PaymentBehaviour = ({ response, request }) =>
  response.writeHead(307, { Location: `http://${String(request.headers.host)}/elsewhere` }).end();

/** Correct, faulty and hostile payment providers. The correct one is listed more often. */
export const PAYMENT_BEHAVIOURS: readonly PaymentBehaviour[] = [
  ...Array.from({ length: 8 }, () => approve),
  slowApproval,
  chargeThen(({ response }) => void sleep(TOO_LATE_MS).then(() => response.end())),
  decline(),
  decline(402, '\u0000"\ud800'),
  decline(429),
  decline(500),
  chargeThen(({ response }) => response.writeHead(500).end('{"oops":true}')),
  redirect,
  reset,
  chargeAndReset,
  hang,
  chargeAndHang,
  chargeThen(({ request }) => request.socket.end()),
  chargeThen(({ request }) => request.socket.end('HTTP/1.1 2')),
  chargeThen(({ response }) => {
    response.writeHead(200, { 'Content-Length': '1000' }).write('half');
    response.socket?.resetAndDestroy();
  }),
  approveWith(''),
  approveWith('<html>thanks</html>'),
  approveWith('{"note":"\\u0000 \\ud800"}'),
  approveWith(Buffer.from([0xff, 0x00, 0xfe])),
  approveWith(FIVE_MEGABYTES),
  slowBody,
];

/** Correct, faulty and hostile notification providers. The correct one is listed more often. */
export const NOTIFICATION_BEHAVIOURS: readonly NotificationBehaviour[] = [
  ...Array.from({ length: 6 }, () => accept),
  (response) => response.writeHead(500).end(),
  (response) => response.writeHead(429, { 'Retry-After': '1' }).end(),
  (response) => response.writeHead(302, { Location: '/elsewhere' }).end(),
  (response) => response.writeHead(200).end(FIVE_MEGABYTES),
  (response) => response.writeHead(200).end('\u0000'),
  (response) => response.destroy(),
];
