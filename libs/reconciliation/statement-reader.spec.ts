import { Readable } from 'node:stream';
import type { Movement } from './movement.js';
import { MalformedStatement, readStatement } from './statement-reader.js';

const HEADER = 'kind,key,value_cents,time,charge_key';
const ID = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const TIME = '2026-03-10T09:30:00Z';

async function read(text: string): Promise<Movement[]> {
  const movements: Movement[] = [];
  for await (const batch of readStatement(Readable.from([text]))) movements.push(...batch);
  return movements;
}

describe('readStatement', () => {
  it('returns charges and refunds with their lines', async () => {
    const time = new Date(TIME);

    expect(
      await read(`${HEADER}\ncharge,${ID},860,${TIME},\nrefund,r,100,2026-03-10T10:30:00.5+01:00,${ID}\n`),
    ).toEqual([
      { line: 2, kind: 'charge', key: ID, valueCents: 860, time, chargeKey: null },
      {
        line: 3,
        kind: 'refund',
        key: 'r',
        valueCents: 100,
        time: new Date('2026-03-10T09:30:00.500Z'),
        chargeKey: ID,
      },
    ]);
  });

  it('accepts a byte order mark, CRLF, quotes, other columns and any order of the columns', async () => {
    const text = `\ufeff"time",fee,key,charge_key,kind,value_cents\r\n${TIME},"1,5","a ""b""",,charge,0\r\n\r\n`;

    expect(await read(text)).toEqual([
      { line: 2, kind: 'charge', key: 'a "b"', valueCents: 0, time: new Date(TIME), chargeKey: null },
    ]);
  });

  it('accepts lines that end in CRLF beside lines that end in LF', async () => {
    expect(await read(`${HEADER}\r\ncharge,a,1,${TIME},\ncharge,b,1,${TIME},\r\n`)).toHaveLength(2);
  });

  it('compares ids in any case', async () => {
    const [movement] = await read(`${HEADER}\ncharge,${ID.toUpperCase()},1,${TIME},`);

    expect(movement?.key).toBe(ID);
  });

  it('returns nothing for a header without rows', async () => {
    expect(await read(`${HEADER}\n`)).toEqual([]);
  });

  it('returns batches of at most 5,000', async () => {
    const rows = Array.from({ length: 5_001 }, (_, index) => `charge,key ${index},1,${TIME},`);
    const sizes: number[] = [];

    for await (const batch of readStatement(Readable.from([[HEADER, ...rows].join('\n')])))
      sizes.push(batch.length);

    expect(sizes).toEqual([5_000, 1]);
  });

  it.each([
    ['no header', '', 'line 1: it has no header'],
    ['a missing column', 'kind,key,value_cents,time\n', 'line 1: the column charge_key is missing'],
    ['a column twice', `${HEADER},key\n`, 'line 1: there are two columns key'],
    ['another kind', `${HEADER}\npayout,k,1,${TIME},`, 'line 2: kind must be charge or refund, not "payout"'],
    ['no key', `${HEADER}\ncharge,,1,${TIME},`, 'line 2: key must have 1 to 255 characters, not ""'],
    ['a decimal point', `${HEADER}\ncharge,k,8.60,${TIME},`, 'line 2: value_cents must be a whole number'],
    ['a sign', `${HEADER}\nrefund,k,-860,${TIME},c`, 'line 2: value_cents must be a whole number'],
    [
      'a time without a zone',
      `${HEADER}\ncharge,k,1,2026-03-10T09:30:00,`,
      'line 2: time must be an RFC 3339 time',
    ],
    [
      'an impossible time',
      `${HEADER}\ncharge,k,1,2026-03-10T25:30:00Z,`,
      'line 2: time must be an RFC 3339 time',
    ],
    ['a refund without a charge', `${HEADER}\nrefund,k,1,${TIME},`, 'line 2: charge_key must have'],
    ['a charge of a charge', `${HEADER}\ncharge,k,1,${TIME},c`, 'line 2: charge_key must be empty'],
    [
      'a missing field',
      `${HEADER}\ncharge,a,1,${TIME},\ncharge,k,1,${TIME}`,
      'line 3: Invalid Record Length',
    ],
    ['an open quote', `${HEADER}\ncharge,"k,1,${TIME},`, 'line 2: Quote Not Closed'],
    ['a huge record', `${HEADER}\ncharge,"${'k'.repeat(20_000)}`, 'line 2: Max Record Size'],
  ])('names the line and the problem of %s', async (_, text, message) => {
    const reading = read(text);

    await expect(reading).rejects.toThrow(MalformedStatement);
    await expect(reading).rejects.toThrow(message);
  });

  it('throws what the source throws', async () => {
    const source = new Readable({ read: () => source.destroy(new Error('unreadable')) });

    await expect(readStatement(source).next()).rejects.toThrow('unreadable');
  });
});
