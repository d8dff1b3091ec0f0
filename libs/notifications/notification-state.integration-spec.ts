import { newId, Transactions } from '#database';
import type { Actor } from '#users';
import type { Person } from '../../test/support/person.js';
import { allowedPairs, forbiddenPairs, ignore, ObservedTransitions } from '../../test/support/state-pairs.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import {
  NOTIFICATION_STATES,
  NOTIFICATION_TRANSITIONS,
  type NotificationState,
} from './notification-state.js';
import { NotificationNotDead } from './notifications.errors.js';
import { NotificationsRepository, type ClaimedNotification } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

const DELIVERY = {
  ...{ accepted: true, gone: false, retryAfterMs: 0, error: null, durationMs: 1 },
  ...{ responseStatusCode: 200, responsePayload: {}, responseBytes: 2 },
};
const MINUTE_MS = 60_000;
/** More than the rows of this suite, so that a claim includes the row under test. */
const LIMIT = 1_000;
const ATTEMPTS = [1, 12];

describe('the state of a notification', () => {
  let app: TestApp;
  let customer: Person;
  let manager: Actor;
  let notifications: NotificationsRepository;
  let service: NotificationsService;
  const observed = new ObservedTransitions<NotificationState>();

  const operations: Record<string, (row: ClaimedNotification) => Promise<unknown>> = {
    claim: () => notifications.claim(LIMIT, MINUTE_MS),
    retryAllDead: () => service.retryAllDead({}, manager),
    retry: ({ id }) => service.retry(id, manager).catch(ignore(NotificationNotDead)),
  };
  for (const state of NOTIFICATION_STATES)
    operations[`record as ${state}`] = (row) =>
      notifications.record(row, { ...DELIVERY, state, retryInMs: MINUTE_MS });

  beforeAll(async () => {
    app = await TestApp.start();
    customer = await app.customer();
    manager = { id: (await app.manager()).id, role: 'manager', ...TEST_CONTEXT };
    notifications = app.api.get(NotificationsRepository, { strict: false });
    service = app.api.get(NotificationsService, { strict: false });
    for (const from of NOTIFICATION_STATES)
      for (const attempts of ATTEMPTS)
        for (const [name, run] of Object.entries(operations)) {
          const row = await enqueue();
          await put(row, from, attempts);
          await run({ ...row, attempts });
          observed.add(from, await stateOf(row), `${name} after attempt ${attempts}`);
        }
  });
  afterAll(() => app.close());

  it('is pending at first', async () => {
    expect(await stateOf(await enqueue())).toBe('pending');
  });

  it.each(allowedPairs(NOTIFICATION_TRANSITIONS))('moves from $from to $to', (pair) => {
    expect(observed.between(pair)).not.toEqual([]);
  });

  it.each(forbiddenPairs(NOTIFICATION_TRANSITIONS))('never moves from $from to $to', (pair) => {
    expect(observed.between(pair)).toEqual([]);
  });

  /** Each order gets one notification, because an earlier one would delay it. */
  async function enqueue(): Promise<Omit<ClaimedNotification, 'attempts'>> {
    const { id: orderId } = await customer.placeOrder(['Latte', 'Vanilla']);
    const row = {
      id: newId(),
      orderId,
      sequence: 1,
      status: 'preparation',
      attemptsBeforeRetry: 0,
      ...TEST_CONTEXT,
    };
    await app.api.get(Transactions).run((tx) => notifications.enqueue(row, tx));
    return row;
  }

  async function put(
    { id }: Pick<ClaimedNotification, 'id'>,
    state: NotificationState,
    attempts: number,
  ): Promise<void> {
    await app.database.query(
      `UPDATE notifications
          SET state = $2::notification_state, attempts = $3,
              delivered_at = CASE WHEN $2::notification_state = 'delivered' THEN now() END
        WHERE id = $1`,
      [id, state, attempts],
    );
  }

  async function stateOf({ id }: Pick<ClaimedNotification, 'id'>): Promise<NotificationState> {
    const [row] = await app.database.query<{ state: NotificationState }>(
      'SELECT state FROM notifications WHERE id = $1',
      [id],
    );
    if (!row) throw new Error(`Notification ${id} vanished`);
    return row.state;
  }
});
