import { isAscii, isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import type { DepositedFile } from '../stages.ts';
import { windows1252ToUtf8 } from './encoding.ts';
import { parseFile } from './parse.ts';
import { textRecords } from './text-records.ts';

const root = mkdtempSync(join(tmpdir(), 'terroir-parse-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let number = 0;
function fileOf(content: string | Uint8Array, name = 'fichier.csv'): DepositedFile {
  const path = join(root, `${number++}.csv`);
  writeFileSync(path, content);
  return { path, name, bytes: content.length, sha256: '' };
}
const parse = (file: DepositedFile) => parseFile(file, { scratch: mkdtempSync(join(root, 'scratch-')) });

/** The records that the engine will find in the source, read back by our own reader. */
async function recordsOf(file: DepositedFile): Promise<{
  encoding: string | null;
  cells: readonly (readonly string[])[];
  titles: readonly string[];
  original: boolean;
}> {
  const { value } = await parse(file);
  const [table] = value.tables;
  if (table === undefined) throw new Error('no table');
  const { path, delimiter, skipLines, columns, original } = table.source;
  const records: (readonly string[])[] = [];
  const dialect = { delimiter: delimiter as ';', newline: 'lf', initialSpace: false, quotes: true } as const;
  for await (const batch of textRecords(path, 0, dialect, columns))
    records.push(...batch.map((record) => record.cells));
  return {
    encoding: value.encoding,
    cells: records.slice(skipLines).filter((cells) => cells.length > 1 || cells[0] !== ''),
    titles: table.headers.map((header) => header.title),
    original,
  };
}

const refusals: readonly [string, string | Uint8Array, string][] = [
  ['an empty file', '', 'file.empty'],
  ['a file of blank lines', '\n\n\n', 'file.empty'],
  ['a byte-order mark alone', '\ufeff', 'file.empty'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.binary'],
  ['a program', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), 'file.binary'],
  [
    'five thousand columns',
    `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(';')}\n${';'.repeat(4999)}\n`,
    'file.tooManyColumns',
  ],
];
test.each(refusals)('%s is refused with its code', async (_, content, code) => {
  await expect(parse(fileOf(content))).rejects.toMatchObject({ code });
});

test('a spreadsheet that is none is refused, not misread', async () => {
  await expect(parse(fileOf('x', 'comptes.xlsx'))).rejects.toMatchObject({
    code: 'file.damaged',
    params: { name: 'comptes.xlsx' },
  });
});

test('a line of 1 GB is refused without being read whole', { timeout: 60_000 }, async () => {
  const path = join(root, 'long.csv');
  const file = await open(path, 'w');
  await file.write('nom;ville\nA;Tours\n');
  const piece = Buffer.alloc(64 * 1024 ** 2, 'x');
  for (let i = 0; i < 16; i++) await file.writeFile(piece);
  await file.close();
  const before = process.memoryUsage().rss;
  const refusal = await parse({ path, name: 'long.csv', bytes: 1024 ** 3, sha256: '' }).catch(
    (error: unknown) => error,
  );
  rmSync(path);
  expect(refusal).toMatchObject({ code: 'file.lineTooLong', params: { row: 3 } });
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 ** 2);
});

test('NULs in a row are taken out and counted', async () => {
  const { value, problems } = await parse(
    fileOf(
      Buffer.concat([Buffer.from('nom;ville\nA;Tours\n'.repeat(50)), Buffer.alloc(100), Buffer.from('B;Luynes\n')]),
    ),
  );
  expect(value.tables[0]?.sample.at(-1)).toEqual(['B', 'Luynes']);
  expect(problems).toContainEqual(expect.objectContaining({ code: 'file.nulBytes', count: 100 }));
});

test('a long line that ends within the limit is a record like any other', async () => {
  const text = 'x'.repeat(3 * 1024 ** 2);
  const { cells } = await recordsOf(fileOf(`nom;geo\nA;${text}\nB;y\n`));
  expect(cells.map((row) => row[1]?.length)).toEqual([text.length, 1]);
});

test('problems of a kind are grouped past a hundred, and counted', async () => {
  const lines = Array.from({ length: 250 }, (_, i) => `${i};x`).join('\n');
  const { problems } = await parse(fileOf(`a;b;c\n1;2;3\n${lines}\n`));
  const ragged = problems.filter(({ code }) => code === 'row.ragged');
  expect(ragged).toHaveLength(100);
  expect(ragged.reduce((sum, problem) => sum + (problem.count ?? 1), 0)).toBe(250);
});

test('rows left out are named only where they move the rows below', async () => {
  const { value } = await parse(fileOf('a;b\n1;2\n;\na;b\n3;4\n;\n\n'));
  expect(value.tables[0]).toMatchObject({ rows: 5, emptyRows: 2, firstSourceRow: 2, droppedSourceRows: [3, 4] });
});

test('a regular file is read where it stands, whatever its quotes', async () => {
  const { original, cells } = await recordsOf(fileOf('a,b\r\n"x, ""y""","1\n2"\r\nz,\r\n'));
  expect({ original, cells }).toEqual({
    original: true,
    cells: [
      ['x, "y"', '1\n2'],
      ['z', ''],
    ],
  });
});

test('the sample of a long file is spread and starts with the first records', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i};v`).join('\n');
  const [table] = (await parse(fileOf(`n;t\n${lines}\n`))).value.tables;
  const numbers = (table?.sample ?? []).map((cells) => Number(cells[0]));
  expect(numbers.length).toBeGreaterThan(2000);
  expect(numbers.length).toBeLessThanOrEqual(5000);
  expect(numbers.slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  expect(numbers.at(-1)).toBeGreaterThan(59_000);
});

test('a file full of open quotes does not take for ever', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i};"x;y`).join('\n');
  const { value } = await parse(fileOf(`a;b;c\n${lines}\n`));
  expect(value.tables[0]?.rows).toBe(20_000);
});

// Texts as people write them: signs of every dialect, accents, quotes, line ends, blanks; what no encoding holds is left out.
const signs = fc.constantFrom(...'abcXYZ 019éèçÀœ€’–"\',;|\t\n-_.()'.split(''));
const word = fc.string({ unit: signs, maxLength: 12 }).filter((text) => text.trim() !== '' && !/^\s|\s$/.test(text));
const encoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16LE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'windows-1252': (text) => {
    const bytes = new Map(windows1252ToUtf8.map((sign, byte) => [Buffer.from(sign).toString(), byte]));
    return Uint8Array.from(text, (sign) => bytes.get(sign) ?? 0x3f);
  },
};

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split(/[\r\n]/)
    .map((line) => Buffer.from(line, 'latin1'));
}

test('any table written in any dialect and encoding is read back identical', { timeout: 60_000 }, async () => {
  const table = fc
    .integer({ min: 2, max: 6 })
    .chain((width) =>
      fc.array(
        fc.array(fc.oneof({ weight: 4, arbitrary: word }, fc.constant('')), { minLength: width, maxLength: width }),
        { minLength: 1, maxLength: 12 },
      ),
    );
  const options = fc.record({
    delimiter: fc.constantFrom(';', ',', '\t', '|'),
    newline: fc.constantFrom('\n', '\r\n'),
    encoding: fc.constantFrom(...Object.keys(encoders)),
    always: fc.boolean(),
    last: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(table, options, async (rows, { delimiter, newline, encoding, always, last }) => {
      const data = rows.filter((row) => row.some((cell) => cell !== ''));
      fc.pre(data.length > 0);
      const titles = (data[0] ?? []).map((_, index) => `Titre ${'abcdef'[index]} é`);
      const quote = (cell: string) => (always || /["\n\r;,|\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
      const lines =
        [titles, ...data].map((row) => row.map(quote).join(delimiter)).join(newline) + (last ? newline : '');
      const bytes = encoders[encoding]?.(lines) ?? new Uint8Array(0);
      // "é’œ" in windows-1252 is, byte for byte, one sign of UTF-8: nobody can tell.
      fc.pre(encoding !== 'windows-1252' || !linesOf(bytes).some((line) => !isAscii(line) && isUtf8(line)));
      const read = await recordsOf(fileOf(bytes));
      expect(read.titles).toEqual(titles);
      expect(read.cells).toEqual(data);
      expect(read.encoding).toBe(encoding === 'UTF-8 with a mark' ? 'UTF-8' : encoding);
    }),
    { numRuns: 300 },
  );
});

test('no bytes make it fall: an answer, or a refusal with a code', { timeout: 60_000 }, async () => {
  const likeATable = fc
    .array(fc.constantFrom(...'a1;,"\n\r\t| é\0'.split('')), { maxLength: 200 })
    .map((list) => Buffer.from(list.join('')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), likeATable), async (bytes) => {
      try {
        const { value } = await parse(fileOf(bytes));
        const [table] = value.tables;
        for (const cells of table?.sample ?? []) expect(cells).toHaveLength(table?.headers.length ?? 0);
      } catch (error) {
        expect(error).toBeInstanceOf(TerroirError);
      }
    }),
    { numRuns: 500 },
  );
});
