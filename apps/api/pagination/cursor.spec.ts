import { decodeCursor, encodeCursor } from './cursor.js';

const CURSOR = {
  createdAt: new Date('2026-03-01T09:30:00.123Z'),
  id: '0f8c1b9e-4d3b-4f0e-9a52-8f7f1a2b3c4d',
};

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('encodeCursor', () => {
  it('returns text that needs no escaping in a URL', () => {
    expect(encodeCursor(CURSOR)).toMatch(/^[\w-]+$/);
  });
});

describe('decodeCursor', () => {
  it('returns the cursor that was encoded', () => {
    expect(decodeCursor(encodeCursor(CURSOR))).toEqual(CURSOR);
  });

  it.each([
    ['empty text', ''],
    ['a plain word', 'next'],
    ['a time without an id', encode('2026-03-01T09:30:00.123Z')],
    ['an id without a time', encode(` ${CURSOR.id}`)],
    ['an invalid time', encode(`yesterday ${CURSOR.id}`)],
    ['a time in another format', encode(`2026-03-01 ${CURSOR.id}`)],
    ['an invalid id', encode('2026-03-01T09:30:00.123Z 7')],
    ['SQL instead of an id', encode("2026-03-01T09:30:00.123Z ' OR 1=1")],
    ['text after the id', encode(`2026-03-01T09:30:00.123Z ${CURSOR.id} more`)],
    ['base64 padding', `${encodeCursor(CURSOR)}=`],
    ['a character that base64 decoders skip', `${encodeCursor(CURSOR)}!`],
    ['a year before 0', encode(`-271821-04-20T00:00:00.000Z ${CURSOR.id}`)],
    ['a year after 9999', encode(`+275760-09-13T00:00:00.000Z ${CURSOR.id}`)],
  ])('returns undefined for %s', (_, text) => {
    expect(decodeCursor(text)).toBeUndefined();
  });
});
