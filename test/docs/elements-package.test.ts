// The npm package of the elements holds what it names, and says of each element what its own comment says.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageElements } from '../../scripts/package-elements.mjs';

let folder: string;
beforeAll(async () => {
  folder = await packageElements(join(mkdtempSync(join(tmpdir(), 'terroir-elements-')), 'package'));
}, 60_000);
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('every export is there with its types, and defines its element', () => {
  const manifest = JSON.parse(read('package.json')) as {
    name: string;
    license: string;
    exports: Record<string, { types: string; default: string }>;
  };
  expect(manifest).toMatchObject({ name: 'terroir-elements', license: 'EUPL-1.2', type: 'module' });
  expect(Object.keys(manifest.exports)).toEqual(
    expect.arrayContaining(['./table.js', './map.js', './chart.js', './figure.js']),
  );
  for (const { types, default: script } of Object.values(manifest.exports)) {
    expect(existsSync(join(folder, script)), script).toBe(true);
    expect(read(types)).toContain('interface HTMLElementTagNameMap');
  }
  expect(read('table.js')).toContain('terroir-table');
  expect(read('table.d.ts')).toContain("'terroir-table': TerroirTable;");
});

test('the README documents each element, the licence goes with it', () => {
  const readme = read('README.md');
  for (const tag of ['terroir-table', 'terroir-map', 'terroir-chart', 'terroir-figure'])
    expect(readme).toContain(`## \`<${tag}>\``);
  expect(readme).toContain('| `dataset` | The identifier of the dataset. |');
  expect(read('LICENSE')).toContain('EUROPEAN UNION PUBLIC LICENCE');
});
