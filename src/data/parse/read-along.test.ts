import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellFacts } from '../cell-facts.ts';
import { signs } from '../cell-facts.ts';
import { censusTaker, takeCensus } from './census.ts';
import { readAlong, sameCensus } from './read-along.ts';

const dialect = { delimiter: ';', newline: 'lf', initialSpace: false, quotes: true } as const;
const request = { start: 0, dialect, width: 4, skipRecords: 1, hasHeader: true, offsets: [] };

function censusOf(text: string, chunkBytes: number) {
  const taker = censusTaker(request);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) taker.read(bytes.subarray(at, at + chunkBytes));
  return taker.answer();
}

const table = 'a;b;c;d\n10;-3,5;2024-01-31;Tours\n7;;31/12/2024;"Joué;lès"\n007;12;;x\n';
const cells: readonly (CellFacts | null)[] = [
  { filled: 3, shortest: 1, longest: 3, signs: signs.digit, leadingZero: true },
  { filled: 2, shortest: 2, longest: 4, signs: signs.digit | signs.minus | signs.comma, leadingZero: false },
  { filled: 2, shortest: 10, longest: 10, signs: signs.digit | signs.minus | signs.slash, leadingZero: false },
  null,
];

test('what cells are made of does not depend on how the bytes arrive', () => {
  for (const size of [1, 2, 3, 7, 20, 1000]) {
    const census = censusOf(table, size);
    expect(census).toMatchObject({ regular: true, cleanUtf8: true, records: 3, cells });
  }
});

test('a zero before a digit is seen behind a sign, and a decimal zero is not one', () => {
  const zeros = (value: string) => censusOf(`a;b;c;d\n${value};;;\n`, 100).cells[0]?.leadingZero;
  expect(['01', '-01', '-0', '00', '01.5'].map(zeros)).toEqual([true, true, true, true, true]);
  expect(['0', '0.5', '-0.5', '0,5', '10', '100'].map(zeros)).toEqual([false, false, false, false, false, false]);
});

test('any bytes, cut anywhere, give the census of the whole file', () => {
  const cell = fc.constantFrom('', '1', '-2.5', '01', 'é', '"a;b"', '"a\nb"', 'vrai', 'Tours', '2024-01-31', '"');
  const file = fc
    .array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 12 })
    .map((rows) => rows.map((row) => row.join(';')).join('\n'));
  fc.assert(
    fc.property(file, fc.integer({ min: 1, max: 40 }), (text, size) => {
      const [cut, whole] = [censusOf(text, size), censusOf(text, 1_000_000)];
      expect(cut.regular).toBe(whole.regular);
      if (whole.regular) expect(cut).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});

test('a file read along teaches what reading it again would', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-along-'));
  try {
    const path = join(folder, 'a.csv');
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i};${i / 4};2024-01-${10 + (i % 20)};Tours ${i}`);
    await writeFile(path, `\ufeffid;montant;date;nom\n${rows.join('\n')}\n`);
    const along = readAlong();
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 100_000) along.see(bytes.subarray(at, at + 100_000));
    const glance = along.glance();
    const asked = { ...request, start: 3 };
    expect(sameCensus(glance, asked)).toEqual(await takeCensus(path, asked));
    expect(sameCensus(glance, { ...asked, width: 5 })).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('what is no text teaches nothing, and stops nothing', () => {
  for (const bytes of [Buffer.from('504b0304aaaaaaaa', 'hex'), Buffer.alloc(0), Buffer.from([0xff, 0xfe, 65, 0])]) {
    const along = readAlong();
    along.see(bytes);
    expect(along.glance()).toBeNull();
  }
});
