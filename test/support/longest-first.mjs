import Sequencer from '@jest/test-sequencer';

/** Suites that start many processes, the longest first. Their files are small, and Jest would start the small ones last. */
const LONGEST = [
  'test/faults/chaos',
  'test/processes',
  'test/openapi-page-login',
  'test/faults/process-crash',
  'test/faults/pooler',
  'test/standalone-process',
  'test/charge-limit',
  'test/faults/database-outage',
  'test/faults/lost-signals',
  'test/faults/read-only-database',
  'test/faults/database-network',
];

/** Starts the longest suites first, so that no worker waits for them at the end of a run. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) =>
      LONGEST.findLastIndex((name) => path.includes(`/${name}.`)) + 1 || LONGEST.length + 1;
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
