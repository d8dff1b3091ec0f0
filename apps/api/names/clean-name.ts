/** Zero-width characters, bidirectional controls, variation selectors and the like (Unicode Standard, 5.21). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** White space without control characters, which are refused and not replaced. */
const BLANKS = /[^\P{White_Space}\p{Cc}]+/gu;

/**
 * Returns the one form of names that look equal: without invisible characters, composed (NFC), with single spaces between words and
 * none around them. Keeps control characters.
 */
export function cleanName(text: string): string {
  return text.replaceAll(INVISIBLE, '').normalize('NFC').replaceAll(BLANKS, ' ').replaceAll(/^ | $/g, '');
}
