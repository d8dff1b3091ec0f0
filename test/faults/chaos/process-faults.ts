import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { approve, chargeAndReset } from '../../support/payment-stub.js';
import type { ChaosRun, Fault } from './chaos-run.js';
import type { ManagedProcess, ProcessKind } from './managed-process.js';
import type { SeededRandom } from './seeded-random.js';

/**
 * Kills all processes of a kind when they reach the failpoint.
 * @param pass chooses for each process at which pass it is killed
 * @param provoke makes a process reach the failpoint, if the clients do so seldom
 */
export function killAtFailpoint(
  kind: ProcessKind,
  failpoint: string,
  pass: (random: SeededRandom) => number = (random) => random.between(1, 2),
  provoke?: (run: ChaosRun) => Promise<void>,
): Fault {
  let targets: ManagedProcess[] = [];
  const exits = (): number => targets.reduce((sum, { exitCount }) => sum + exitCount, 0);
  let exitsBefore = 0;
  return {
    name: `kill -9 of the ${kind === 'api' ? 'API' : 'worker'}s at ${failpoint}`,
    prepare: async ({ random, apis, workers }) => {
      targets = [...(kind === 'api' ? apis : workers)];
      exitsBefore = exits();
      await Promise.all(
        targets.map((process) => process.restart({ FAILPOINTS: `${failpoint}=kill:${pass(random)}` })),
      );
    },
    inject: async (run) => {
      await eventually(`a kill at ${failpoint}`, async () => {
        await provoke?.(run);
        return exits() > exitsBefore;
      });
    },
  };
}

/**
 * Kills at the first pass of a failpoint that processes reach seldom. The payment provider loses most responses,
 * because some of these failpoints need charges of unknown outcome.
 */
export function killAtRareFailpoint(kind: ProcessKind, failpoint: string): Fault {
  const fault = killAtFailpoint(kind, failpoint, () => 1);
  return {
    ...fault,
    prepare: async (run) => {
      run.app.payments.defaultBehaviour = (exchange) =>
        run.random.pick([approve, chargeAndReset, chargeAndReset])(exchange);
      await fault.prepare?.(run);
    },
  };
}

export function killAtAnyMoment(kind: ProcessKind): Fault {
  return {
    name: `kill -9 of ${kind === 'api' ? 'an API' : 'a worker'} at any moment`,
    inject: async (run) => {
      await sendSignals(run, run.random.pick(kind === 'api' ? run.apis : run.workers), ['SIGKILL'], 5_000);
    },
  };
}

/** Sends the signals 50 ms apart at a random moment. Fails unless the process exits within `withinMs`. */
export async function sendSignals(
  { random }: ChaosRun,
  process: ManagedProcess,
  signals: readonly NodeJS.Signals[],
  withinMs: number,
): Promise<void> {
  const exits = process.exitCount;
  await sleep(random.between(100, 900));
  for (const signal of signals) {
    process.send(signal);
    await sleep(50);
  }
  await eventually('the process to exit', () => process.exitCount > exits, withinMs);
}

/** Freezes an API while charges are open, and resumes it when no placement is charging any more. */
export async function freezeAndResume({ apis: [frozen], app: { database } }: ChaosRun): Promise<void> {
  const charging = (): Promise<{ id: string }[]> =>
    database.query(`SELECT id FROM order_placements WHERE state = 'charging'`);
  await eventually('open charges', async () => (await charging()).length > 2);
  frozen?.send('SIGSTOP');
  await eventually('other processes to take over', async () => (await charging()).length === 0);
  frozen?.send('SIGCONT');
}

/** Returns the environment of a process whose clock is off by `ms`. */
export function shiftedClock(ms: number): NodeJS.ProcessEnv {
  const shift = `const now = Date.now.bind(Date);
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length > 0 ? given : [now() + ${ms}])); }
      static now() { return now() + ${ms}; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` };
}
