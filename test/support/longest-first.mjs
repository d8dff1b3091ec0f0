import Sequencer from '@jest/test-sequencer';

/** Suites of about ten seconds and more, the longest first. Many are small files, which Jest would start last. */
const LONGEST = [
  'test/ha/failover',
  'test/processes',
  'test/faults/chaos',
  'test/faults/rolling-restart',
  'test/user-commands',
  'test/openapi-page-day',
  'test/standalone-process',
  'test/refunds/unknown-outcomes',
  'test/board/stream-ends',
  'test/faults/process-crash',
  'test/board-page/connection',
  'test/charge-limit',
  'test/clients/examples',
  'test/faults/pooler',
  'test/faults/lost-signals',
  'test/users/password-change',
  'test/openapi-page-login',
  'test/board-page/accessibility',
  'test/security/login-throttling',
  'test/free-orders',
  'test/database-at-start',
  'test/faults/database-outage',
  'test/board-page/dialogs',
  'test/scale/worker-backlogs',
  'test/board-page/counter',
  'test/faults/database-network',
  'test/listening',
  'test/refunds/provider-outages',
  'test/connections/idle-connections',
  'test/payment-outage-hanging',
  'test/faults/read-only-database',
  'test/board-page/sizes',
  'test/scale/order-search',
  'test/scale/day-report',
  'test/replica-reads',
  'test/database-servers',
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
