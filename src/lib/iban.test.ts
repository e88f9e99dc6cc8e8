import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ibanControl, isIban } from './iban.ts';

// The examples of the registry of ISO 13616.
test.each([
  'FR1420041010050500013M02606',
  'fr14 2004 1010 0505 0001 3M02 606',
  'BE68 5390 0754 7034',
  'DE89370400440532013000',
  'GB29 NWBK 6016 1331 9268 19',
])('%s is an IBAN', (text) => expect(isIban(text)).toBe(true));

test.each([
  'FR1520041010050500013M02606',
  'FR142004101005050001302606',
  'XX89370400440532013000',
  'DE8937040044053201300',
  'RD78',
  '',
])('%s is none', (text) => expect(isIban(text)).toBe(false));

test('every French account with its control digits is one; two digits or two letters exchanged make none', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const account = fc.tuple(digits(10), fc.stringMatching(/^[0-9A-Z]{11}$/), digits(2)).map((parts) => parts.join(''));
  fc.assert(
    fc.property(account, fc.integer({ min: 4, max: 25 }), (bban, at) => {
      const iban = `FR${ibanControl('FR', bban)}${bban}`;
      expect(isIban(iban)).toBe(true);
      const [a, b] = [iban[at] ?? '', iban[at + 1] ?? ''];
      // A digit and a letter exchanged may agree by chance.
      if (a !== b && /\d/.test(a) === /\d/.test(b))
        expect(isIban(iban.slice(0, at) + b + a + iban.slice(at + 2))).toBe(false);
    }),
  );
});
