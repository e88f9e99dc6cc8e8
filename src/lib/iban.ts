// International bank account numbers (ISO 13616): two letters, two control digits, then the account as each country writes it.

/** How many characters an IBAN of each country has: the single euro payments area, and its neighbours. */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MA: 28,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TN: 24,
  VA: 22,
};

/** France and Monaco: bank and branch in digits, account in letters and digits, key in digits. */
const frenchAccount = /^(?:FR|MC)\d{2}\d{10}[0-9A-Z]{11}\d{2}$/;

/** Whether the text is a possible IBAN: its country's length, its control digits right; spaces do not matter. */
export function isIban(text: string): boolean {
  const iban = text.replace(/[\s\u00a0\u202f]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]+$/.test(iban)) return false;
  const country = iban.slice(0, 2);
  if (iban.length !== lengths[country]) return false;
  if ((country === 'FR' || country === 'MC') && !frenchAccount.test(iban)) return false;
  return remainder(iban.slice(4) + iban.slice(0, 4)) === 1;
}

/** The two control digits of a country and an account. */
export function ibanControl(country: string, account: string): string {
  return String(98 - remainder(`${account}${country}00`)).padStart(2, '0');
}

/** The rest of the division by 97, letters read as 10 … 35. */
function remainder(text: string): number {
  let rest = 0;
  for (const sign of text) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
