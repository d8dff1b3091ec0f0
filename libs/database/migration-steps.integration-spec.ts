import { jest } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createEmptyDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { migrate, MigrationDataSource } from './migrate.js';
import { retryWhileLocked } from './retry-while-locked.js';

const ADD_COLUMN = 'ALTER TABLE items ADD COLUMN price int';

class CreateItems1000000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE items (id int)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE items');
  }
}
class AddPrice1000000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ADD_COLUMN);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE items DROP COLUMN price');
  }
}

describe('a migration whose table is in use', () => {
  let database: TestDatabase;
  let reader: pg.Client;
  let readerPid: number;
  let printed: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    await migrate(database.url, [CreateItems1000000000001]);
    reader = new pg.Client({ connectionString: database.url, application_name: 'report' });
    await reader.connect();
    const { rows } = await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    readerPid = rows[0]?.pid ?? 0;
    await reader.query('BEGIN');
    await reader.query('SELECT FROM items');
    printed = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await reader.end();
    await database.drop();
  });

  it('names what it waits for, lets writes through, and runs when the table is free', async () => {
    const migrated = migrate(database.url, [CreateItems1000000000001, AddPrice1000000000002]);
    await eventually('a line', () => printed !== '');
    // Each waits at most until the next try of the migration ends.
    for (let write = 0; write < 3; write += 1) await database.query('INSERT INTO items VALUES (1)');
    await reader.query('COMMIT');

    expect(await migrated).toEqual([AddPrice1000000000002.name]);
    expect(printed).toBe(
      `AddPrice1000000000002 waits for a lock on items, which process ${readerPid} (report) uses\n`,
    );
  });

  it('ends with one sentence after its time', async () => {
    const dataSource = await new MigrationDataSource(database.url, { migrations: [] }).initialize();
    const runner = dataSource.createQueryRunner();
    const work = async (): Promise<void> => {
      await runner.query(ADD_COLUMN);
    };

    await expect(retryWhileLocked(runner, 'AddPrice', work, 0)).rejects.toThrow(
      `AddPrice did not get a lock on items, which process ${readerPid} (report) uses. Migrate again`,
    );
    await dataSource.destroy();
  });
});

describe('a migration that fails', () => {
  class Wrong1000000000003 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(ADD_COLUMN);
      await runner.query('SELECT FROM nothing');
    }
    down(): Promise<void> {
      return Promise.resolve();
    }
  }

  it('is undone, and keeps those that finished', async () => {
    const database = await createEmptyDatabase();
    await expect(migrate(database.url, [CreateItems1000000000001, Wrong1000000000003])).rejects.toThrow(
      'relation "nothing" does not exist',
    );

    expect(await migrate(database.url, [CreateItems1000000000001, AddPrice1000000000002])).toEqual([
      AddPrice1000000000002.name,
    ]);
    await database.drop();
  });
});
