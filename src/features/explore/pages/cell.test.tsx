// A cell shows its value whole: no digit lost, nothing of a file becomes a tag, only web addresses become links.
import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { Field } from '../../../model/field.ts';
import { voices } from '../../../web/language.ts';
import { Cell } from './cell.tsx';

const cell = (value: unknown, type: Field['type'], role: Field['role'] = null, lang: 'fr' | 'en' = 'fr') =>
  render(<Cell value={value} field={{ name: 'x', title: 'x', type, format: null, role }} voice={voices[lang]} />);

test('numbers keep every digit, codes and coordinates no separator', () => {
  expect(cell(1250.5, 'number', 'amount')).toBe('<td class="number">1\u202f250,50</td>');
  expect(cell(4000, 'number', 'amount')).toBe('<td class="number">4\u202f000</td>');
  expect(cell(0.123456789, 'number')).toBe('<td class="number">0,123456789</td>');
  expect(cell(2024, 'integer', 'year')).toBe('<td class="number">2024</td>');
  expect(cell(47.39414, 'number', 'latitude')).toBe('<td class="number">47.39414</td>');
});

test('a day as people write it, with the day of the file for programs', () => {
  expect(cell('2024-05-03', 'date')).toBe('<td><time datetime="2024-05-03">03/05/2024</time></td>');
});

test('empty is empty, false is no', () => {
  expect(cell(null, 'string')).toBe('<td></td>');
  expect(cell(false, 'boolean')).toBe('<td>non</td>');
  expect(cell(0, 'integer')).toBe('<td class="number">0</td>');
});

test('nothing of a file becomes a tag, only http addresses become links', () => {
  expect(cell('<img src=x onerror=alert(1)>', 'string')).toBe('<td>&lt;img src=x onerror=alert(1)></td>');
  expect(cell('javascript:alert(1)', 'string')).toBe('<td>javascript:alert(1)</td>');
  expect(cell('https://example.org/a', 'string')).toContain('<a href="https://example.org/a" rel="nofollow noopener"');
});

test('a long text is folded and stays whole', () => {
  const text = 'mot '.repeat(100).trim();
  expect(cell(text, 'string')).toContain(`${text}</details>`);
});
