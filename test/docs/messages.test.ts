// Every sentence that people read exists in French and in English, with the same values in both.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorRegistry } from '../../src/lib/error-registry.ts';

type Sentences = Readonly<Record<string, { readonly fr: string; readonly en: string }>>;

const folder = join(import.meta.dirname, '..', '..', 'src', 'model', 'messages');
const catalogues: [string, Sentences][] = [['error-registry.ts', errorRegistry]];
for (const file of readdirSync(folder)) {
  const module: Readonly<Record<string, unknown>> = await import(join(folder, file));
  for (const exported of Object.values(module)) if (isSentences(exported)) catalogues.push([file, exported]);
}

function isSentences(value: unknown): value is Sentences {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((v) => typeof v === 'object' && v !== null && 'fr' in v)
  );
}

test.each(catalogues)('%s is complete in both languages', (_file, sentences) => {
  expect(Object.keys(sentences).length).toBeGreaterThan(0);
  const valuesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const [key, { fr, en }] of Object.entries(sentences)) {
    expect(fr.trim(), key).not.toBe('');
    expect(en.trim(), key).not.toBe('');
    expect(valuesOf(fr), key).toEqual(valuesOf(en));
  }
});

test('French says « vous », and its apostrophes are typographic', () => {
  for (const [file, sentences] of catalogues) {
    for (const [key, { fr }] of Object.entries(sentences)) {
      expect(/(?<!\p{L})(tu|ton|tes|toi)(?!\p{L})/iu.test(fr), `${file} ${key}: ${fr}`).toBe(false);
      expect(/\p{L}'\p{L}/u.test(fr), `${file} ${key}: ${fr}`).toBe(false);
    }
  }
});
