import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordsFileStatement } from '../store/words-file.ts';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { resolveTree } from './resolve.ts';
import { openSample, type Sample } from './sample.ts';
import { usualSettings } from './settings.ts';
import { FoundCache } from './spatial-found-cache.ts';

let sample: Sample;
let words: string;
beforeAll(async () => {
  sample = await openSample();
  const { version } = sample;
  words = join(sample.folder, 'words.parquet');
  const request = {
    data: version.dataPath,
    search: version.searchPath,
    texts: version.searchableFields,
    codes: ['code'],
    integers: ['id', '2024'],
    target: words,
  };
  await sample.tables.run([wordsFileStatement(request)]);
});
afterAll(() => sample?.close());

async function ids(where: string, cache: FoundCache, file: { readonly words?: string }, limit = 100, offset = 0) {
  const { version, tables } = sample;
  const settings = usualSettings();
  const texts = { select: 'id', where: [where] };
  const tree = await resolveTree(parseQuery(texts), { version, tables, cache, settings, ...file });
  const plan = planRecords(version, tree, settings);
  const [page, count] = await tables.run([plan.page(offset, limit), plan.count()]);
  return { ids: (page?.rows ?? []).map(([id]) => id), count: Number(count?.rows[0]?.[0]), total: plan.total };
}

test.each<[string, number[]]>([
  ['"tours"', [1, 2, 3, 7]],
  ['"TOURS"', [1, 2, 3, 7]],
  ['"les tours"', [3, 7]],
  ['"ecole tours"', [2]],
  ['"éco élé"', [2]],
  ['"cole"', []],
  ['"chambray-lès"', [7]],
  ['"37261"', [2]],
  ['"372"', [2]],
  ['"2a004"', [4]],
  ['"2a"', [4]],
  ['"50"', [5]],
  ['"5"', [5]],
  ['"05"', [5]],
  ['"0100"', [1]],
  ['"100"', [6]],
  ['"100 luynes"', [6]],
  ['"libre"', [6]],
  ['"sport_libre"', [6]],
  ['"absent"', []],
  ['"tours absent"', []],
  ['not "tours"', [4, 5, 6]],
  ['"tours" and montant > 100', [1, 2]],
  ['"luynes" or "stade"', [4, 5, 6]],
])('where %s, by the words or by the texts', async (where, expected) => {
  const byTexts = await ids(where, new FoundCache(1_000_000), {});
  expect(byTexts.ids).toEqual(expected);
  const cache = new FoundCache(1_000_000);
  for (let time = 0; time < 2; time++) {
    const byWords = await ids(where, cache, { words });
    expect(byWords.ids).toEqual(expected);
    expect(byWords.count).toBe(expected.length);
  }
});

test('a page is cut from the rows that were found, whose number is then known', async () => {
  const cache = new FoundCache(1_000_000);
  expect(await ids('"tours"', cache, { words }, 2, 1)).toEqual({ ids: [2, 3], count: 4, total: 4 });
  expect(await ids('"tours"', cache, { words }, 2, 4)).toEqual({ ids: [], count: 4, total: 4 });
});

test('signs, and words longer than are kept, are looked for in the texts', async () => {
  const cache = new FoundCache(1_000_000);
  expect((await ids('"%"', cache, { words })).ids).toEqual([6]);
  expect((await ids(`"${'a'.repeat(80)}"`, cache, { words })).ids).toEqual([]);
});
