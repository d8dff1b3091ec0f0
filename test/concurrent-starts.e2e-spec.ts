import 'reflect-metadata';
import { startAll, type RunningApp } from '../apps/standalone/start-all.js';
import { StartupError } from '#config';
import { withStartupLock } from '#database';
import { freePort } from './support/api-process.js';
import { createEmptyDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { Program } from './support/program.js';
import { getMenu } from './support/standalone-app.js';

describe('on one empty database at once', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  it('three migrations succeed, and one of them creates the tables', async () => {
    const environment = { ...process.env, DATABASE_URL: database.url };
    const programs = [1, 2, 3].map(() => Program.start('apps/standalone/migrate.js', environment));
    const exits = await Promise.all(programs.map(({ exited }) => exited));

    expect(programs.map(({ stderr }) => stderr)).toEqual(['', '', '']);
    expect(exits).toEqual(Array(3).fill({ code: 0, signal: null }));
    expect(programs.filter(({ stdout }) => stdout.startsWith('Migrated: '))).toHaveLength(1);
  });

  it('three standalone apps start with one seeded menu', async () => {
    const start = async (): Promise<RunningApp> =>
      startAll(
        { DATABASE_URL: database.url, PORT: String(await freePort()), LOG_LEVEL: 'silent' },
        '/nowhere/it-needs-no-data',
      );
    const starts = await Promise.allSettled([start(), start(), start()]);
    const apps = starts.flatMap((started) => (started.status === 'fulfilled' ? [started.value] : []));
    const menus = await Promise.all(apps.map(getMenu));
    await Promise.all(apps.map((app) => app.stop()));

    expect(starts.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(menus.map(({ products }) => products.length)).toEqual([5, 5, 5]);
  }, 60_000);

  it('work under the start-up lock does not overlap', async () => {
    const events: string[] = [];
    const work = async (): Promise<void> => {
      events.push('begin');
      await database.query('SELECT pg_sleep(0.05)');
      events.push('end');
    };

    await Promise.all([1, 2, 3].map(() => withStartupLock(database.url, work)));

    expect(events).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
  });

  it('work under the start-up lock can build an index concurrently while others wait for the lock', async () => {
    const connections = `SELECT FROM pg_stat_activity
      WHERE application_name = 'coffee-shop lock' AND datname = current_database() AND xact_start IS NOT NULL`;
    await database.query('CREATE TABLE items (id int)');
    let waiting = Promise.resolve();

    await withStartupLock(database.url, async () => {
      waiting = withStartupLock(database.url, () => Promise.resolve());
      await eventually('one that waits', async () => (await database.query(connections)).length === 2);
      await database.query('CREATE INDEX CONCURRENTLY ON items (id)');
    });

    await expect(waiting).resolves.toBeUndefined();
  });

  it('work that has lost the start-up lock fails, although its own connections are alive', async () => {
    const working = withStartupLock(database.url, async () => {
      await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'coffee-shop lock' AND datname = current_database()`,
      );
      await new Promise(() => undefined);
    });

    await expect(working).rejects.toThrow(StartupError);
    await expect(working).rejects.toThrow('lets only one process migrate or seed was lost');
  });

  it('work that fails releases the start-up lock', async () => {
    const failing = withStartupLock(database.url, () => Promise.reject(new Error('No')));
    await expect(failing).rejects.toThrow('No');

    await expect(withStartupLock(database.url, () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
