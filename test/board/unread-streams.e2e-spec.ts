import { once } from 'node:events';
import type { Socket } from 'node:net';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const NOTE_BYTES = 300_000;
const MB = 1024 * 1024;
/** The kernel takes several MB before bytes wait in the process. */
const MAX_CHANGES = 200;

describe('A stream whose client does not read', () => {
  let app: TestApp;
  let barista: Person;
  let reader: EventStreamClient;
  let unread: RawConnection;
  /** The server's end of the connection that is not read. */
  let socket: Socket;
  let orderId: string;

  beforeEach(async () => {
    app = await TestApp.start();
    barista = await app.barista();
    ({ id: orderId } = await (await app.customer()).placeOrder(['Latte', 'Vanilla']));
    const connected = once(app.api.getHttpServer(), 'connection');
    unread = await RawConnection.open(app.url);
    [socket] = (await connected) as [Socket];
    const token = `Authorization: Bearer ${barista.token ?? ''}`;
    unread.write(`GET /api/v1/admin/board/stream HTTP/1.1\r\nHost: localhost\r\n${token}\r\n\r\n`);
    reader = await EventStreamClient.ofBoard(barista);
  });
  afterEach(() => {
    reader.close();
    unread.hangUp();
  });

  /** Changes the order by large notes, each after the event of the one before. Returns the most bytes that waited for the client. */
  async function changeUntil(isEnough: () => boolean): Promise<number> {
    let unsent = 0;
    for (let change = 0; !isEnough(); change += 1) {
      if (change === MAX_CHANGES) throw new Error('There were not enough changes');
      const note = String(change).padEnd(NOTE_BYTES, '.');
      await app.database.query('UPDATE orders SET note = $2 WHERE id = $1', [orderId, note]);
      await app.database.query('NOTIFY orders_changed');
      await eventually('the change', () => reader.events.some(({ data }) => data.includes(note)));
      reader.events.length = 1;
      unsent = Math.max(unsent, socket.writableLength);
    }
    return unsent;
  }

  it('is closed when 1 MB waits for it, and others are not', async () => {
    const unsent = await changeUntil(() => socket.destroyed);

    expect(unsent).toBeGreaterThan(MB);
    expect(unsent).toBeLessThan(MB + 2 * NOTE_BYTES);
    expect(reader.isEnded).toBe(false);
    await app.close();
  }, 60_000);

  it('holds up a shutdown for a second at most', async () => {
    await changeUntil(() => socket.writableLength > 0);

    const closedAt = performance.now();
    await app.close();

    expect(performance.now() - closedAt).toBeLessThan(3_000);
  }, 60_000);
});
