import fc from 'fast-check';
import { cleanNote } from './clean-note.js';

describe('cleanNote', () => {
  it.each([
    ['CRLF', 'Extra hot\r\nNo sugar'],
    ['CR', 'Extra hot\rNo sugar'],
    ['LF', 'Extra hot\nNo sugar'],
  ])('turns %s into LF', (_, note) => {
    expect(cleanNote(note)).toBe('Extra hot\nNo sugar');
  });

  it('cleans each line like a name', () => {
    expect(cleanNote(' Extra\u00a0 hot \n\u200b No\u3000sugar\u202e ')).toBe('Extra hot\nNo sugar');
  });

  it('removes empty lines at the ends and keeps the others', () => {
    expect(cleanNote('\n \u200b\r\nExtra hot\n\nNo sugar\r\r\n')).toBe('Extra hot\n\nNo sugar');
  });

  it.each(['', ' ', '\n', '\r\n \u200b\r'])('returns nothing for the blank note %j', (note) => {
    expect(cleanNote(note)).toBe('');
  });

  it.each(['\t', '\u0000', '\u000b', '\u001b', '\u007f', '\u0085'])(
    'keeps the control character %j, also at the ends',
    (control) => {
      const note = `${control}Extra${control}hot${control}`;

      expect(cleanNote(note)).toBe(note);
    },
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (note) => {
        expect(cleanNote(cleanNote(note))).toBe(cleanNote(note));
      }),
    );
  });
});
