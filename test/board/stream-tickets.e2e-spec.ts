import { createHash } from 'node:crypto';
import { EventStreamClient } from '../support/event-stream-client.js';
import { ApiProcess } from '../support/api-process.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const BOARD = '/api/v1/admin/board/stream';

describe('A stream ticket', () => {
  let app: TestApp;
  let customer: Person;
  let barista: Person;
  const streams: EventStreamClient[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    [customer, barista] = await Promise.all([app.customer(), app.barista()]);
  });
  afterAll(() => app.close());
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });

  async function ticketOf(person: Person): Promise<string> {
    return (await person.post('/api/v1/auth/stream-ticket').expect(201)).body.ticket as string;
  }

  /** Opens a stream without a token. Returns the status. */
  async function open(path: string, url = app.url): Promise<number | undefined> {
    const stream = await EventStreamClient.open({ url, token: undefined }, path);
    streams.push(stream);
    return stream.status;
  }

  it('is returned without a location, for 60 seconds', async () => {
    const { body, headers } = await barista.post('/api/v1/auth/stream-ticket').expect(201);

    expect(body).toEqual({ ticket: expect.stringMatching(/^[\w-]{43}$/), expires_in: 60 });
    expect(headers).not.toHaveProperty('location');
  });

  it('opens one stream', async () => {
    const ticket = await ticketOf(barista);

    expect(await open(`${BOARD}?ticket=${ticket}`)).toBe(200);
    expect(await open(`${BOARD}?ticket=${ticket}`)).toBe(401);
  });

  it('opens one of two streams at once', async () => {
    const path = `${BOARD}?ticket=${await ticketOf(barista)}`;

    const statuses = await Promise.all([open(path), open(path)]);

    expect(statuses.toSorted()).toEqual([200, 401]);
  });

  it('opens a stream of another process', async () => {
    const other = await ApiProcess.start(app.environment);
    const ticket = await ticketOf(barista);

    expect(await open(`${BOARD}?ticket=${ticket}`, other.url)).toBe(200);
    await other.stop();
  });

  it('has the rights of its user', async () => {
    const [own, others] = [
      await customer.placeOrder(['Latte', 'Vanilla']),
      await (await app.customer()).placeOrder(['Latte', 'Vanilla']),
    ];
    const streamOf = async (id: string): Promise<number | undefined> =>
      open(`/api/v1/orders/${id}/stream?ticket=${await ticketOf(customer)}`);

    expect(await streamOf(own.id)).toBe(200);
    expect(await streamOf(others.id)).toBe(404);
    expect(await open(`${BOARD}?ticket=${await ticketOf(customer)}`)).toBe(403);
  });

  it.each(['', 'unknown', 'a&ticket=b', 'a&ticket[x]=b'])('is refused as ?ticket=%s', async (ticket) => {
    const { body } = await app.anonymous().get(`${BOARD}?ticket=${ticket}`).expect(401);

    expect(body.code).toBe('invalid_token');
  });

  it('is refused after 60 seconds', async () => {
    const ticket = await ticketOf(barista);
    await app.database.query(`UPDATE stream_tickets SET expires_at = expires_at - interval '61 seconds'`);

    expect(await open(`${BOARD}?ticket=${ticket}`)).toBe(401);
  });

  it('is refused when the token behind it has ended', async () => {
    const ticket = await ticketOf(barista);
    await app.database.query('UPDATE stream_tickets SET token_expires_at = extract(epoch FROM now())');

    expect(await open(`${BOARD}?ticket=${ticket}`)).toBe(401);
  });

  it('is refused after its user was disabled', async () => {
    const [manager, dismissed] = await Promise.all([app.manager(), app.barista()]);
    const ticket = await ticketOf(dismissed);
    // Another user's cached identity would still be valid.
    const other = await ApiProcess.start(app.environment);
    await manager.patch(`/api/v1/admin/users/${dismissed.id}`, { disabled: true }).expect(200);

    expect(await open(`${BOARD}?ticket=${ticket}`, other.url)).toBe(401);
    await other.stop();
  });

  it('is useless on other routes', async () => {
    const ticket = await ticketOf(barista);

    const { body } = await app.anonymous().get(`/api/v1/admin/board?ticket=${ticket}`).expect(401);

    expect(body.code).toBe('not_authenticated');
    expect(await open(`${BOARD}?ticket=${ticket}`)).toBe(200);
  });

  it('is not used up beside a token', async () => {
    const path = `${BOARD}?ticket=${await ticketOf(barista)}`;
    streams.push(await EventStreamClient.open(barista, path));

    expect(await open(path)).toBe(200);
  });

  it('is stored as its SHA-256 only', async () => {
    const ticket = await ticketOf(barista);

    const rows = await app.database.query<{ hash: Buffer }>('SELECT * FROM stream_tickets');

    const hash = createHash('sha256').update(ticket).digest();
    expect(rows.some((row) => row.hash.equals(hash))).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(ticket);
  });

  it('is deleted by the worker after its time', async () => {
    await ticketOf(barista);
    const current = await ticketOf(customer);
    await app.database.query(
      `UPDATE stream_tickets SET expires_at = now() - interval '1 second' WHERE user_id = $1`,
      [barista.id],
    );

    const worker = await app.startWorker();
    await worker.close();

    const users = await app.database.query('SELECT DISTINCT user_id FROM stream_tickets');
    expect(users).toEqual([{ user_id: customer.id }]);
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    expect(await open(`/api/v1/orders/${id}/stream?ticket=${current}`)).toBe(200);
  });
});
