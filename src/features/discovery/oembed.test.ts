import { expect, test } from 'vitest';
import { readTarget, sideOf } from './oembed.ts';
import { document, element } from './xml.ts';

const portal = 'https://donnees.example.fr';

test('the address of a dataset, of its chart or of its frame is embedded, with its choices', () => {
  expect(readTarget(`${portal}/datasets/arbres`, portal)).toEqual({ id: 'arbres', query: '' });
  expect(readTarget('http://donnees.example.fr/datasets/arbres/?view=map', portal)).toEqual({
    id: 'arbres',
    query: 'view=map',
  });
  expect(readTarget(`${portal}/datasets/arbres/chart?x=essence`, portal)).toEqual({
    id: 'arbres',
    query: 'x=essence&view=chart',
  });
});

test('no other address is', () => {
  for (const url of [
    '',
    'arbres',
    `${portal}/`,
    `${portal}/datasets`,
    `${portal}/datasets/arbres/versions`,
    `${portal}/datasets/%E0%A4%A`,
    'https://example.org/datasets/arbres',
    'https://donnees.example.fr.example.org/datasets/arbres',
    'javascript:alert(1)',
  ])
    expect(readTarget(url, portal), url).toBeNull();
});

test('a frame takes the room that there is, never less than can be read', () => {
  expect([sideOf('width', undefined), sideOf('width', '300'), sideOf('width', '5000')]).toEqual([760, 300, 760]);
  expect([sideOf('height', '10'), sideOf('height', '-4'), sideOf('height', ['1'])]).toEqual([200, 560, 560]);
});

test('XML escapes what it must and leaves out what it forbids', () => {
  expect(document(element('a', { b: '"<&', c: null }, 'x<y>&\u0000\u{1F333}', null))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<a b="&quot;&lt;&amp;">x&lt;y&gt;&amp;\u{FFFD}\u{1F333}</a>\n',
  );
});
