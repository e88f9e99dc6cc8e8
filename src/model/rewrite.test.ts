// A column written in another way: what is sure is changed, the rest is left.
import { expect, test } from 'vitest';
import { type RewriteKind, rewriteText } from './rewrite.ts';

test.each<[RewriteKind, string, string | null]>([
  ['date', '12/03/2025', '2025-03-12'],
  ['date', '3/5/24', '2024-05-03'],
  ['date', '1er mai 2024', '2024-05-01'],
  ['date', '2025-03-12', null],
  ['date', '31/02/2025', null],
  ['date', 'bientôt', null],
  ['datetime', '12/03/2025 14h30', '2025-03-12T14:30:00'],
  ['time', '9h', '09:00:00'],
  ['time', '25h', null],
  ['number', '1 250,50 €', '1250.50'],
  ['number', '1.234.567', '1234567'],
  ['number', '12.5', null],
  ['integer', '1 200', '1200'],
  ['integer', '12,50', null],
  ['phone', '02 47 21 60 00', '+33247216000'],
  ['siret', '213 702 616 00011', '21370261600011'],
  ['siret', '2,136E+13', null],
  ['siren', '213 702 616', '213702616'],
  ['blanks', '  Tours\u00a0', 'Tours'],
  ['blanks', '   ', null],
])('%s: %s', (kind, text, written) => {
  expect(rewriteText(kind, text)).toBe(written);
});
