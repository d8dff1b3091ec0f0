import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmptyDatabase, createSeededDatabase, type TestDatabase } from '../support/database.js';
import { PastDays } from '../support/past-days.js';
import { Program } from '../support/program.js';

const HEADER = 'kind,key,value_cents,time,charge_key';
const TIME = '2026-03-10T12:00:00Z';

describe('npm run reconcile', () => {
  let database: TestDatabase;
  let directory: string;
  let path: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'reconcile-'));
    path = join(directory, 'charges.csv');
    database = await createSeededDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await rm(directory, { recursive: true });
  });

  async function run(
    args: string[],
    url = database.url,
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const environment = { APP_ENV: 'production', DATABASE_URL: url };
    const program = Program.start('apps/standalone/reconcile.js', environment, { args });
    const { code } = await program.exited;
    return { code, stdout: program.stdout, stderr: program.stderr };
  }

  it('prints each finding with what to do, then the totals, and exits with 1', async () => {
    const key = randomUUID();
    await writeFile(path, `${HEADER}\ncharge,${key},860,${TIME},\n`);

    expect(await run(['--statement', path])).toEqual({
      code: 1,
      stderr: '',
      stdout: `charge_forgotten (difference)
  The provider has a charge that the database does not know, as after a restore of a backup.
  What to do: Refund it at the provider. If its key is a UUID of version 8 and the provider honours keys, wait for the end of its UTC day: until then, a client that repeats its key gets its order for this charge.
  - charge ${key}: 860 cents at the provider (2026-03-10T12:00:00.000Z, line 2), nothing in the database

Period 2026-03-10T12:00:00.000Z to 2026-03-10T12:00:00.000Z

                                   count       cents
charges at the provider                1         860
charges in the database                0           0
  difference                           1         860
refunds at the provider                0           0
refunds in the database                0           0
  difference                           0           0
charge_forgotten                       1         860
The cents of a finding are how much more the provider has.
The findings explain the differences of the totals.
Differences: 1, open: 0
`,
    });
  });

  it('exits with 3 if nothing differs for certain, but something may', async () => {
    const id = await new PastDays(database).charge(TIME, 'unknown', 860);
    await writeFile(path, `${HEADER}\ncharge,${id},860,${TIME},\n`);

    const { code, stdout } = await run(['--statement', path]);

    expect(code).toBe(3);
    expect(stdout).toContain('charge_unconfirmed (open)\n');
    expect(stdout).toMatch(/\nDifferences: 0, open: 1\n$/);
  });

  it('names the line of a malformed row and exits with 2, without any finding', async () => {
    await writeFile(
      path,
      `${HEADER}\ncharge,${randomUUID()},860,${TIME},\ncharge,${randomUUID()},8.60,${TIME},\n`,
    );

    expect(await run(['--statement', path])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'The statement is malformed in line 3: value_cents must be a whole number of cents without a sign, not "8.60"\n',
    });
  });

  it.each([
    ['no option', [], 'Usage: npm run reconcile'],
    ['a file that does not exist', ['--statement', 'missing.csv'], 'The statement cannot be read: ENOENT'],
  ])('exits with 2 for %s', async (_, args, message) => {
    const { code, stderr } = await run(args);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('exits with 2 if the database has no tables', async () => {
    const empty = await createEmptyDatabase();
    await writeFile(path, `${HEADER}\n`);

    const { code, stderr } = await run(['--statement', path, '--from', TIME, '--to', TIME], empty.url);

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'The database has no tables yet: run `npm run migrate` first\n',
    });
    await empty.drop();
  });
});
