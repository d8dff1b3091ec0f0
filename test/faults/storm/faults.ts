import { setTimeout as sleep } from 'node:timers/promises';
import { openDoor, sendAway, shutDoor } from '../../support/database-door.js';
import { eventually } from '../../support/eventually.js';
import { approve, chargeAndReset } from '../../support/payment-stub.js';
import type { Kind, Member } from './fleet.js';
import { NOTIFICATION_MANNERS, PAYMENT_MANNERS, slowly } from './manners.js';
import type { Fault, Storm } from './storm.js';

/** SIGTERM leaves a process so long for what is under way. */
const STOPS_WITHIN_MS = 15_000;
/** As long as a rush lasts, roughly. */
const SHORT_MS = 1_500;
const TEN_MINUTES_MS = 600_000;

/** From receiving a request to answering it. */
const API_PLACES = [
  'placement.place.before',
  'placement.begin.before',
  'placement.begin.after',
  'payment.charge.after',
  'placement.settle.before',
  'placement.settle.after',
  'placement.place.after',
  'order.transition.after',
  'order.change_status.after',
];
const WORKER_PLACES = [
  'notification.claim.after',
  'notification.deliver.after',
  'notification.record.after',
  'keys.reap.after',
];

/** Where a process comes seldom: keys are reaped at its start and then hourly, the others need charges of unknown outcome. */
const RARE_PLACES = /keys|lapsed|take_over/;

/** Everything that is let loose, one at a time. */
export const FAULTS: readonly Fault[] = [
  { name: 'nothing at all' },
  ...API_PLACES.map((place) => killedAt('api', place)),
  ...WORKER_PLACES.map((place) => killedAt('worker', place)),
  { ...killedAt('worker', 'placement.claim_lapsed.after'), only: 'supported' },
  { ...killedAt('api', 'placement.take_over.after'), only: 'supported' },
  killed('api'),
  killed('worker'),
  {
    name: 'SIGTERM of an API under load',
    strikes: (storm) => ends(storm, storm.chance.of(storm.apis), ['SIGTERM'], STOPS_WITHIN_MS),
  },
  {
    name: 'SIGTERM twice and SIGKILL of an API',
    strikes: (storm) => ends(storm, storm.chance.of(storm.apis), ['SIGTERM', 'SIGTERM', 'SIGKILL'], 5_000),
  },
  {
    name: 'SIGTERM of a worker',
    strikes: (storm) => ends(storm, storm.chance.of(storm.workers), ['SIGTERM'], STOPS_WITHIN_MS),
  },
  {
    name: 'an API that freezes until others have gone on with its placements, and wakes up',
    brews: ({ shop }) => {
      shop.payments.usually = slowly;
    },
    strikes: freezes,
    leavesTransactionsOpen: true,
  },
  {
    name: 'database connections terminated one by one',
    strikes: async ({ shop: { database } }) => {
      await during(SHORT_MS, async () => {
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'coffee-shop%' ORDER BY random() LIMIT 1`,
        );
        await sleep(30);
      });
    },
  },
  {
    name: 'a database that lets nobody in for a while',
    strikes: async ({ shop: { database }, chance }) => {
      await sleep(chance.between(0, 500));
      await shutDoor(database);
      await sendAway(database);
      await sleep(SHORT_MS);
      await openDoor(database);
    },
  },
  { name: 'a payment provider with every bad manner', brews: paymentManners },
  {
    name: 'a payment provider that is away for a while',
    strikes: async ({ shop: { payments }, chance }) => {
      await sleep(chance.between(0, 300));
      await payments.stop();
      await sleep(SHORT_MS);
      await payments.comesBack();
    },
  },
  {
    name: 'a notification provider with every bad manner',
    brews: ({ shop, chance }) => {
      shop.notifications.usually = (...exchange) => chance.of(NOTIFICATION_MANNERS)(...exchange);
    },
  },
  {
    name: 'clocks ten minutes fast and slow',
    brews: async ({ apis: [api], workers: [worker] }) => {
      await Promise.all([api?.restart(clockOff(TEN_MINUTES_MS)), worker?.restart(clockOff(-TEN_MINUTES_MS))]);
    },
    strikes: async ({ apis: [api], workers: [worker] }) => {
      await sleep(SHORT_MS);
      await Promise.all([api?.restart({}), worker?.restart({})]);
    },
  },
  {
    name: 'bad manners, kills and terminated connections together',
    brews: paymentManners,
    strikes: async (storm) => {
      await during(2 * SHORT_MS, async () => {
        storm.chance.of(storm.members).send('SIGKILL');
        await sleep(storm.chance.between(200, 900));
        await sendAway(storm.shop.database, 'coffee-shop');
      });
    },
  },
];

function paymentManners({ shop, chance }: Storm): void {
  shop.payments.usually = (exchange) => chance.of(PAYMENT_MANNERS)(exchange);
}

/** The processes of a kind are gone at one exact place in their code, the first or second time that they come there. */
function killedAt(kind: Kind, place: string): Fault {
  let victims: Member[] = [];
  const deaths = (): number => victims.reduce((sum, { timesDied }) => sum + timesDied, 0);
  let before = 0;
  return {
    name: `kill -9 of the ${kind === 'api' ? 'API' : 'worker'}s at ${place}`,
    brews: async ({ chance, apis, workers, shop }) => {
      const isRare = RARE_PLACES.test(place);
      if (isRare)
        shop.payments.usually = (exchange) => chance.of([approve, chargeAndReset, chargeAndReset])(exchange);
      const pass = (): number => (isRare ? 1 : chance.between(1, 2));
      victims = [...(kind === 'api' ? apis : workers)];
      before = deaths();
      await Promise.all(victims.map((member) => member.restart({ FAILPOINTS: `${place}=kill:${pass()}` })));
    },
    strikes: async () => {
      await eventually(`death at ${place}`, () => deaths() > before);
    },
  };
}

function killed(kind: Kind): Fault {
  return {
    name: `kill -9 of ${kind === 'api' ? 'an API' : 'a worker'} at any moment`,
    strikes: async (storm) => {
      await ends(storm, storm.chance.of(kind === 'api' ? storm.apis : storm.workers), ['SIGKILL'], 5_000);
    },
  };
}

/** Sends the signals shortly after one another at some moment of the rush; the process must be gone in time. */
async function ends(
  { chance }: Storm,
  member: Member,
  signals: readonly NodeJS.Signals[],
  withinMs: number,
): Promise<void> {
  const deaths = member.timesDied;
  await sleep(chance.between(100, 900));
  for (const signal of signals) {
    member.send(signal);
    await sleep(50);
  }
  await eventually('the process to end', () => member.timesDied > deaths, withinMs);
}

/** Frozen while one of its charges is under way, whose lease then lapses. */
async function freezes({ apis: [frozen], shop: { database } }: Storm): Promise<void> {
  const charging = (): Promise<{ id: string }[]> =>
    database.query(`SELECT id FROM order_placements WHERE state = 'charging'`);
  await eventually('charges under way', async () => (await charging()).length > 2);
  frozen?.send('SIGSTOP');
  await eventually('others to have gone on', async () => (await charging()).length === 0);
  frozen?.send('SIGCONT');
}

/** A process whose clock is off by so many ms. */
function clockOff(ms: number): NodeJS.ProcessEnv {
  const shift = `const now = Date.now.bind(Date);
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length > 0 ? given : [now() + ${ms}])); }
      static now() { return now() + ${ms}; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` };
}

async function during(ms: number, work: () => Promise<void>): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) await work();
}
