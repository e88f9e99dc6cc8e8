import { expect, test } from 'vitest';
import { neutralised } from './spreadsheet-text.ts';

test.each([
  "=cmd|'/C calc'!A0",
  '=1+1',
  '+SUM(A1:A9)',
  "-2+3+cmd|'/C calc'!A0",
  '-Élagage',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '+33 2 47 21 60 00;=1',
  '-(3)',
])('%j is shown, not run', (text) => {
  expect(neutralised(text)).toBe(`'${text}`);
});

test.each([
  '-12',
  '-12,50',
  '+1 234,50 €',
  '-3 %',
  '-1.5e-3',
  '+33 2 47 21 60 00',
  '-',
  '--',
  '-\u00a012',
  '12',
  '',
  'a=b',
  ' =1',
])('%j stays as it is', (text) => {
  expect(neutralised(text)).toBe(text);
});
