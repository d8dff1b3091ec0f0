import config from './jest.config.js';
import { joinSuites } from './test/support/joined-suites.mjs';

const [unit, endToEnd] = config.projects;

/** The configuration of `npm test`: all suites, with many of the end-to-end suites joined, which halves the time. */
export default { ...config, projects: [unit, { ...endToEnd, testMatch: await joinSuites() }] };
