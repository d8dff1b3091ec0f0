import { decodeCursor, encodeCursor } from './cursor.js';

const END = { createdAt: new Date('2026-03-01T09:30:00.123Z'), id: '0f8c1b9e-4d3b-4f0e-9a52-8f7f1a2b3c4d' };

function forged(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('a cursor', () => {
  it('leads back to the end of the page that it was made from', () => {
    expect(decodeCursor(encodeCursor(END))).toEqual(END);
  });

  it('is one word that needs no escaping in a URL', () => {
    expect(encodeCursor(END)).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'next'],
    ['only a time', forged('2026-03-01T09:30:00.123Z')],
    ['only an id', forged(` ${END.id}`)],
    ['a time that is none', forged(`yesterday ${END.id}`)],
    ['a time written otherwise', forged(`2026-03-01 ${END.id}`)],
    ['an id that is none', forged('2026-03-01T09:30:00.123Z 7')],
    ['SQL for an id', forged("2026-03-01T09:30:00.123Z ' OR 1=1")],
    ['something after the id', forged(`2026-03-01T09:30:00.123Z ${END.id} more`)],
    ['padding', `${encodeCursor(END)}=`],
    ['a character that base64 skips', `${encodeCursor(END)}!`],
    ['a time before what a database can tell', forged(`-271821-04-20T00:00:00.000Z ${END.id}`)],
    ['a time after what a shop will see', forged(`+275760-09-13T00:00:00.000Z ${END.id}`)],
  ])('is not made of %s', (_, cursor) => {
    expect(decodeCursor(cursor)).toBeUndefined();
  });
});
