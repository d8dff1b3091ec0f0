import Sequencer from '@jest/test-sequencer';

/** Suites of about ten seconds and more, the longest first. Many are small files, which Jest would start last. */
const LONGEST = [
  'test/faults/chaos',
  'test/processes',
  'test/clients/examples',
  'test/refunds/unknown-outcomes',
  'test/board-page/accessibility',
  'test/board-page/connection',
  'test/openapi-page-day',
  'test/openapi-page-login',
  'test/board-page/counter',
  'test/board-page/dialogs',
  'test/board-page/sizes',
  'test/faults/process-crash',
  'test/charge-limit',
  'test/faults/lost-signals',
  'test/faults/database-network',
  'test/faults/pooler',
  'test/standalone-process',
  'test/user-commands',
  'test/free-orders',
  'test/connections/idle-connections',
  'test/faults/read-only-database',
  'test/payment-outage-hanging',
  'test/listening',
  'test/refunds/provider-outages',
  'test/database-at-start',
  'test/scale/worker-backlogs',
  'test/scale/order-search',
  'test/scale/day-report',
  'test/faults/database-outage',
  'test/users/password-change',
];

/** Tells whether a suite is one of the longest. */
export function isLong(path) {
  return LONGEST.some((name) => path.includes(`${name}.`));
}

/** Starts the longest suites first, so that no worker waits for them at the end of a run. Files of joined suites follow. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const order = [...LONGEST.map((name) => `/${name}.`), '/dist/joined-suites/'];
    const rank = ({ path }) => order.findLastIndex((part) => path.includes(part)) + 1 || order.length + 1;
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
