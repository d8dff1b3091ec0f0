import fc from 'fast-check';
import { cleanName } from './clean-name.js';

describe('cleanName', () => {
  it.each([
    ['a zero width space', 'Lat\u200bte'],
    ['a zero width joiner', 'Lat\u200dte'],
    ['a word joiner', 'Latte\u2060'],
    ['a byte order mark', '\ufeffLatte'],
    ['a soft hyphen', 'Lat\u00adte'],
    ['a combining grapheme joiner', 'Lat\u034fte'],
    ['a right-to-left override', '\u202eLatte\u202c'],
    ['a right-to-left isolate', '\u2067Latte\u2069'],
    ['a right-to-left mark', 'Latte\u200f'],
    ['an Arabic letter mark', 'Latte\u061c'],
    ['a variation selector', 'Latte\ufe0f'],
    ['a supplementary variation selector', 'Latte\u{e0100}'],
    ['tag characters', 'Latte\u{e0041}\u{e007f}'],
    ['a Hangul filler', 'Latte\u3164'],
    ['blanks around it', ' \u00a0Latte\u3000'],
    ['a line separator after it', 'Latte\u2028'],
    ['invisible characters between blanks', ' \u200b \u2060Latte \u200d'],
  ])('removes %s', (_, name) => {
    expect(cleanName(name)).toBe('Latte');
  });

  it.each([
    ['two spaces', 'Iced  Latte'],
    ['a no-break space', 'Iced\u00a0Latte'],
    ['an em space and a space', 'Iced\u2003 Latte'],
    ['an ideographic space', 'Iced\u3000Latte'],
    ['a paragraph separator', 'Iced\u2029Latte'],
    ['blanks with an invisible character', 'Iced \u200b Latte'],
  ])('replaces %s by one space', (_, name) => {
    expect(cleanName(name)).toBe('Iced Latte');
  });

  it('composes, also across an invisible character', () => {
    expect(cleanName('Cafe\u200b\u0301')).toBe('Caf\u00e9');
  });

  it.each(['Latte', 'Café au lait', 'Кофе', 'コーヒー', 'قهوة', '☕', '\ud83c\udf69'])('keeps %s', (name) => {
    expect(cleanName(name)).toBe(name);
  });

  it.each(['\t', '\n', '\u0000', '\u0007', '\u001b', '\u007f', '\u0085'])(
    'keeps the control character %j, also at the ends',
    (control) => {
      const name = `${control}Lat${control}te${control}`;

      expect(cleanName(name)).toBe(name);
    },
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(cleanName(cleanName(name))).toBe(cleanName(name));
      }),
    );
  });
});
