import {
  documentedOperations,
  documentedProblems,
  problemMembers,
  type Operation,
} from '../support/openapi-document.js';
import { COMMON_PROBLEMS, DATABASE_PROBLEMS, SHUTDOWN_PROBLEMS } from './problems-of-many-routes.js';
import { ACCOUNT_PROBLEMS } from './account-problems.js';
import { LOGIN_PROBLEMS } from './login-problems.js';
import { MANAGER_PROBLEMS } from './manager-problems.js';
import { ORDER_PROBLEMS } from './order-problems.js';
import type { ProblemCase } from './problem-case.js';
import { ProblemContext } from './problem-context.js';
import { REFUND_PROBLEMS } from './refund-problems.js';
import { SESSION_PROBLEMS } from './session-problems.js';
import { SHOP_PROBLEMS } from './shop-problems.js';

const REQUEST_PROBLEMS = [
  ...COMMON_PROBLEMS,
  ...LOGIN_PROBLEMS,
  ...ACCOUNT_PROBLEMS,
  ...SESSION_PROBLEMS,
  ...ORDER_PROBLEMS,
  ...REFUND_PROBLEMS,
  ...MANAGER_PROBLEMS,
  ...SHOP_PROBLEMS,
];
const ALL_PROBLEMS = [...REQUEST_PROBLEMS, ...DATABASE_PROBLEMS, ...SHUTDOWN_PROBLEMS];

let context: ProblemContext;
let operations: Operation[];

beforeAll(async () => {
  context = await ProblemContext.start();
  operations = await documentedOperations(context.app.url);
});
afterAll(() => context.app.close());

/** Every other suite checks by TestApp that its clients receive documented problems only. */
describe('the OpenAPI document', () => {
  it('lists exactly the problems that the tests below provoke', () => {
    const provoked = ALL_PROBLEMS.map(([operation, problem]) => `${operation} ${problem}`);

    expect(documentedProblems(operations).toSorted()).toEqual(provoked.toSorted());
  });

  it("describes the provider's answer to a declined charge", () => {
    const declined = operations.find(({ name }) => name === 'POST /api/v1/orders')?.responses[402];

    expect(declined && problemMembers(declined).provider).toMatchObject({
      type: 'object',
      required: ['status', 'body'],
    });
  });
});

describe('the API', () => {
  it.each(REQUEST_PROBLEMS)('gives for %s: %s', expectProblem);
});

describe('without its database, the API', () => {
  beforeAll(() => context.disconnectDatabase());

  it.each(DATABASE_PROBLEMS)('gives for %s: %s', expectProblem);
});

describe('during its shutdown, the API', () => {
  beforeAll(() => context.beginShutdown());

  it.each(SHUTDOWN_PROBLEMS)('gives for %s: %s', expectProblem);
});

async function expectProblem(...[, problem, provoke]: ProblemCase): Promise<void> {
  const { status, body } = await provoke(context);

  expect(`${status} ${body.code}`).toBe(problem);
}
