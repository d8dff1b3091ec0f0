import { jest } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '#config';
import { PgPubSub } from '#database';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';

describe('PgPubSub', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let pubSub: PgPubSub;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    pubSub = new PgPubSub(Config.from({ DATABASE_URL: database.url }), dataSource);
  });
  afterAll(async () => {
    await pubSub.onApplicationShutdown();
    await dataSource.destroy();
    await database.drop();
  });

  it('delivers messages of channels that are subscribed to while its connection begins to listen', async () => {
    const received = new Set<string>();
    const channels = ['first'];
    const subscribe = (channel: string): Promise<void> =>
      pubSub.subscribe(channel, (payload) => {
        if (payload === 'message') received.add(channel);
      });
    const { query } = pg.Client.prototype;
    // A further subscription arrives while each of the first connection's statements runs.
    const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...parameters: unknown[]
    ) {
      const [, listened] = /^LISTEN (heartbeat|first)/.exec(String(parameters[0])) ?? [];
      if (listened) {
        const channel = `during_${listened}`;
        channels.push(channel);
        void subscribe(channel);
      }
      return Reflect.apply(query, this, parameters) as never;
    });

    await subscribe('first');
    await eventually('a connection', () => pubSub.isConnected);
    spy.mockRestore();
    for (const channel of channels) await pubSub.publish(channel, 'message');

    await eventually('every message', () => received.size === 3);
  });
});
