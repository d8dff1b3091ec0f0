/**
 * Returns the one form of an e-mail address that is stored and compared: without surrounding blanks, in lower case and in Unicode's
 * normal form C. Keyboards of some systems send the letters of `josé@…` decomposed (form D).
 */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase().normalize('NFC');
}
