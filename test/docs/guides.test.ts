// The guides are followed as they are written: same commands in both languages, and nothing named that is not there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { slugify } from '../../src/lib/text.ts';
import { demoTerritory } from '../../territories/demo/territory.ts';

const guides = join(import.meta.dirname, '..', '..', 'docs', 'guides');
const french = readFileSync(join(guides, 'first-steps.fr.md'), 'utf8');
const english = readFileSync(join(guides, 'first-steps.en.md'), 'utf8');

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

test('both languages give the same commands and the same addresses', () => {
  for (const pattern of [/^(bin\/terroir .*)$/gm, /(http:\/\/localhost:3000[^\s')>]*)/g])
    expect(all(french, pattern)).toEqual(all(english, pattern));
});

test('the datasets, communes and organizations of the guides are those of the demonstration', () => {
  const ids = new Set(demoTerritory.datasets.map((dataset) => dataset.id));
  const slugs = demoTerritory.organizations.map((organization) => organization.slug);
  for (const id of all(french, /\/datasets\/([a-z0-9-]+)/g)) expect(ids).toContain(id);
  for (const insee of all(french, /\/communes\/(\d{5})/g))
    expect(demoTerritory.communes.map((commune) => commune.insee)).toContain(insee);
  for (const slug of all(french, /--organization (\S+)/g)) expect(slugs).toContain(slug);
  for (const slug of all(french, /organization add (\S+)/g)) expect(slugs).not.toContain(slug);
});

test('the new version is one of the dataset that the guide published', () => {
  expect(all(french, /--id (\S+)/g)).toEqual(all(french, /--title "([^"]+)"/g).map(slugify));
});
