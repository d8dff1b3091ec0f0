import { once } from 'node:events';
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { mock } from 'node:test';
import { EventStream } from './event-stream.js';

describe('EventStream', () => {
  let server: Server;
  let client: ClientRequest;
  let response: ServerResponse;

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    await connect();
  });
  afterEach(() => {
    mock.restoreAll();
    server.closeAllConnections();
    server.close();
  });

  async function connect(method = 'GET'): Promise<void> {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server does not listen');
    const requested = new Promise<ServerResponse>((resolve) =>
      server.once('request', (_request: IncomingMessage, toAnswer: ServerResponse) => resolve(toAnswer)),
    );
    client = request({ port: address.port, method, agent: false }).on('error', () => undefined);
    client.end();
    response = await requested;
  }

  async function hangUp(): Promise<void> {
    const closed = once(response, 'close');
    client.destroy();
    await closed;
  }

  function countTimers(): number {
    return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  }

  it('writes a comment every 10 seconds', () => {
    const intervals = mock.method(globalThis, 'setInterval');
    new EventStream(response);
    const [comment, everyMs] = intervals.mock.calls[0]?.arguments ?? [];
    const write = mock.method(response, 'write');

    comment?.();

    expect(everyMs).toBe(10_000);
    expect(write.mock.calls[0]?.arguments[0]).toBe(':\n\n');
  });

  it('tells when the client has gone, and leaves no timer', async () => {
    const timers = countTimers();
    const stream = new EventStream(response);
    let closes = 0;
    stream.onClose(() => void (closes += 1));

    await hangUp();

    expect([closes, stream.isOpen, countTimers()]).toEqual([1, false, timers]);
  });

  it('is not open for a client that went before', async () => {
    await hangUp();
    const timers = countTimers();

    expect([new EventStream(response).isOpen, countTimers()]).toEqual([false, timers]);
  });

  it('is not open for HEAD', async () => {
    await connect('HEAD');
    const timers = countTimers();

    expect([new EventStream(response).isOpen, countTimers()]).toEqual([false, timers]);
  });

  it('writes nothing after its end', async () => {
    const stream = new EventStream(response);
    const received = new Promise<IncomingMessage>((resolve) => client.once('response', resolve));

    stream.end();
    stream.write('event: late\ndata: 1\n\n');

    expect(await text(await received)).toBe('retry: 2000\n\n');
  });

  describe('for a client that has not read yet', () => {
    const EVENT = Buffer.alloc(600_000, '.');
    const SNAPSHOT = Buffer.alloc(5_000_000, '.');
    let stream: EventStream;

    beforeEach(() => {
      stream = new EventStream(response);
    });

    /** Returns after how many events the connection was closed. */
    function countUntilClosed(): number {
      let events = 0;
      for (; !response.destroyed; events += 1) stream.write(EVENT);
      return events;
    }

    it('closes at the next event after 1 MB', () => {
      expect(countUntilClosed()).toBe(3);
    });

    it('does not count the last snapshot', () => {
      stream.writeSnapshot(SNAPSHOT);

      expect(countUntilClosed()).toBe(3);
    });

    it('counts again once the snapshot was read', async () => {
      stream.writeSnapshot(SNAPSHOT);
      client.once('response', (incoming: IncomingMessage) => incoming.resume());
      await once(response, 'drain');

      expect(countUntilClosed()).toBe(3);
    });
  });
});
