import { expect, test } from 'vitest';
import { benchNames, keptBy, sanitize } from './bench-rules.ts';

const codes = {
  script:
    '<script type="module" src="https://p.example/elements/table.js"></script>\n<terroir-table dataset="menus"><a href="https://p.example/datasets/menus">Menus</a></terroir-table>',
  iframe: '<iframe src="https://p.example/datasets/menus/embed" title="Menus"></iframe>',
  oembed: 'https://p.example/datasets/menus/embed',
  html: '<section>\n<h2>Menus</h2>\n<p><a href="https://p.example/datasets/menus">Menus</a></p>\n</section>',
};
const outcomes = (name: (typeof benchNames)[number]) =>
  Object.fromEntries(keptBy(name, codes, codes.iframe).map(({ way, outcome }) => [way, outcome]));

test('what works where, as the rules of each say', () => {
  expect(outcomes('plain')).toEqual({ script: 'works', iframe: 'works', oembed: 'link', html: 'works' });
  expect(outcomes('wordpress')).toEqual({ script: 'link', iframe: 'lost', oembed: 'works', html: 'works' });
  expect(outcomes('joomla')).toEqual({ script: 'link', iframe: 'lost', oembed: 'link', html: 'works' });
  expect(outcomes('typo3')).toEqual({ script: 'link', iframe: 'lost', oembed: 'link', html: 'works' });
  expect(outcomes('spip')).toEqual({ script: 'works', iframe: 'works', oembed: 'link', html: 'works' });
});

test('WordPress keeps a frame that it does not know from doing more than showing', () => {
  const [, , oembed] = keptBy('wordpress', codes, codes.iframe);
  expect(oembed?.html).toContain('sandbox="allow-scripts" security="restricted"');
});

test('a script goes with what it holds; other tags leave their content', () => {
  const keeps = (tag: string) => tag === 'p';
  expect(sanitize('<p>a<b>b</b></p><script>alert("<p>")</script>', keeps)).toBe('<p>ab</p>');
  expect(sanitize('<SCRIPT src="x"></SCRIPT ><P>a</P>', keeps)).toBe('<P>a</P>');
});

test('each bench says where its rules are written', async () => {
  const { benches } = await import('./bench-rules.ts');
  for (const name of benchNames)
    for (const { url } of benches[name].sources) expect(new URL(url).protocol).toBe('https:');
});
