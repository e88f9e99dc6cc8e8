import { expect, test } from 'vitest';
import { countBlocks, readText, type TextPlace } from './markdown.ts';

const place: TextPlace = {
  publicUrl: 'https://donnees.example.fr',
  typeset: (text) => text.replace(/ ([?!])/g, '\u202f$1'),
  noPicture: '(image d’ailleurs)',
  tableName: 'Tableau',
};
const html = (text: string) =>
  readText(text, place)
    .parts.map((part) => (part.kind === 'html' ? part.html : `[${part.name}]`))
    .join('');

test('Markdown becomes HTML below the title of the page', () => {
  expect(html('# Un titre\n\nDu **gras** et une question ?')).toBe(
    '<h2>Un titre</h2>\n<p>Du <strong>gras</strong> et une question\u202f?</p>\n',
  );
  expect(html('###### Petit')).toBe('<h2>Petit</h2>\n');
  expect(html('## A\n\n#### B\n\n## C\n\n### D')).toBe('<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n<h3>D</h3>\n');
});

test('HTML stays text, whatever it is written in', () => {
  for (const hostile of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <svg/onload=alert(1)> b',
    '[x](</a><script>alert(1)</script>)',
    '`<script>alert(1)</script>`',
    '```\n<script>alert(1)</script>\n```',
    '```"><script>alert(1)</script>\nx\n```',
    '![<script>alert(1)</script>](https://ailleurs.example/x.png)',
    '| <script>alert(1)</script> |\n|---|\n| x |',
  ]) {
    const written = html(hostile);
    expect(written, hostile).not.toMatch(/<(script|svg|iframe|object)|<img[^>]* src="?x"?|<[^>]*\son\w+=/i);
  }
});

test('links lead to the web, to mail or inside; nothing that runs', () => {
  for (const hostile of [
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](data:text/html;base64,PHN2Zz4=)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//ailleurs.example/x)',
    '<javascript:alert(1)>',
  ])
    expect(html(hostile), hostile).not.toContain('<a ');
  // A backslash is written so that no browser takes it for the beginning of another site.
  expect(html('[x](/\\ailleurs.example)')).toContain('href="/%5Cailleurs.example"');
  expect(html('[x](/datasets/arbres)')).toBe('<p><a href="/datasets/arbres">x</a></p>\n');
  expect(html('[x](mailto:donnees@example.org)')).toContain('href="mailto:donnees@example.org"');
  expect(html('Voir https://www.insee.fr')).toContain('<a href="https://www.insee.fr" rel="noopener">');
});

test('pictures come from the portal alone; others leave their words, and a hint', () => {
  expect(html('![Un chêne](https://donnees.example.fr/organizations/tours/photo?v=1)')).toBe(
    '<p><img src="/organizations/tours/photo?v=1" alt="Un chêne" loading="lazy"></p>\n',
  );
  const { parts, hints } = readText('Ici.\n\n![Un chêne](https://ailleurs.example/c.png)\n\n![](/share.png)', place);
  expect(JSON.stringify(parts)).toContain('(image d’ailleurs) Un chêne');
  expect(JSON.stringify(parts)).not.toContain('ailleurs.example');
  expect(hints).toEqual([
    { line: 3, code: 'image', values: { link: 'https://ailleurs.example/c.png' } },
    { line: 5, code: 'imageText', values: {} },
  ]);
});

test('tables have a frame to scroll in, heads, and no style in attributes', () => {
  const written = html('| Nom | Euros |\n|---|--:|\n| A | 12 |');
  expect(written).toContain('<div class="scroll" role="region" tabindex="0" aria-label="Tableau"><table>');
  expect(written).toContain('<th class="number" scope="col">Euros</th>');
  expect(written).toContain('<td class="number">12</td>');
  expect(written).not.toContain('style=');
});

test('live blocks cut the text, in their order, with their lines', () => {
  const text = 'Avant.\n\n```chart\n/datasets/a?x=b\n```\n\nEntre.\n\n~~~carte\njeu: a\n~~~\n\n```js\nplain\n```';
  const { parts, hints } = readText(text, place);
  expect(parts.map((part) => (part.kind === 'html' ? part.html.trim() : `${part.name} ${part.line}`))).toEqual([
    '<p>Avant.</p>',
    'chart 3',
    '<p>Entre.</p>',
    'map 9',
    '<pre><code class="language-js">plain\n</code></pre>',
  ]);
  expect(hints).toEqual([]);
  expect(countBlocks(text)).toBe(2);
});

test('a block in a list shows its text and a hint; the thirteenth is one too many', () => {
  expect(readText('- a\n\n  ```map\n  jeu: a\n  ```', place).hints).toEqual([
    { line: 3, code: 'nested', values: { name: 'map' } },
  ]);
  const many = '```figure\njeu: a\n```\n\n'.repeat(13);
  expect(countBlocks(many)).toBe(13);
  expect(readText(many, place).hints).toEqual([{ line: 49, code: 'tooMany', values: { max: '12' } }]);
});

test('any text is read, even one that is nothing but marks', () => {
  for (const text of ['', '\u0000', '['.repeat(5000), '> '.repeat(2000), '*_`'.repeat(5000), '```chart', '](](]('])
    expect(() => readText(text, place)).not.toThrow();
});
