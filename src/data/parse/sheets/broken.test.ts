// Workbooks that are broken, strange or hostile: a code and a sentence, with what could be kept.
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { parseBytes, told } from '../../../../test/parsed.ts';
import { zipOf } from '../../../../test/zip.ts';

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = ['[Content_Types].xml', '<Types/>'] as const;
const root = [
  '_rels/.rels',
  `<Relationships><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
] as const;
const workbook = (...names: readonly string[]) =>
  [
    'xl/workbook.xml',
    `<workbook xmlns:r="${relation}"><sheets>${names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
  ] as const;
const two = [
  'xl/_rels/workbook.xml.rels',
  `<Relationships>${[1, 2].map((n) => `<Relationship Id="rId${n}" Type="${relation}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}</Relationships>`,
] as const;
const inline = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
const rows = [
  `<row r="1">${inline('A1', 'Nom')}${inline('B1', 'Montant')}</row>`,
  `<row r="2">${inline('A2', 'A')}<c r="B2"><v>1</v></c></row>`,
  `<row r="3">${inline('A3', 'B')}<c r="B3"><v>2</v></c></row>`,
];
const sheetXml = (data: string) => `<worksheet><sheetData>${data}</sheetData></worksheet>`;
const part = (number: number, xml: string) => [`xl/worksheets/sheet${number}.xml`, xml] as const;

test('a sheet that is missing is told, the others are read', async () => {
  const zip = zipOf([types, root, workbook('Données', 'Suite'), two, part(1, sheetXml(rows.join('')))]);
  const { cells, problems } = await parseBytes('a.xlsx', zip);
  expect(cells['Données']).toHaveLength(3);
  expect(problems).toMatchObject([{ code: 'workbook.partMissing', severity: 'error', value: 'Suite' }]);
});

test('texts that are missing are told; the numbers are read', async () => {
  const data = `<row r="1"><c r="A1" t="s"><v>0</v></c>${inline('B1', 'Montant')}</row>${rows[1]}${rows[2]}`;
  const { problems } = await parseBytes('a.xlsx', zipOf([types, root, workbook('Données'), part(1, sheetXml(data))]));
  expect(problems.map(({ code, value }) => [code, value])).toContainEqual([
    'workbook.partMissing',
    'sharedStrings.xml',
  ]);
});

test('a workbook without its lists of relations is read by the usual names', async () => {
  const { cells } = await parseBytes('a.xlsx', zipOf([workbook('Données'), part(1, sheetXml(rows.join('')))]));
  expect(cells['Données']).toHaveLength(3);
});

test('a sheet that is cut keeps its first rows and says where it stops', async () => {
  const whole = sheetXml(rows.join(''));
  const cut = whole.slice(0, whole.indexOf('<c r="B3"'));
  const { cells, problems } = await parseBytes('a.xlsx', zipOf([types, root, workbook('Données'), part(1, cut)]));
  expect(cells['Données']).toEqual([
    ['Nom', 'Montant'],
    ['A', '1'],
  ]);
  expect(problems).toMatchObject([{ code: 'sheet.cut', severity: 'error', sheet: 'Données', row: 2 }]);
});

test('macros are neither run nor published', async () => {
  const zip = zipOf([types, root, workbook('Données'), part(1, sheetXml(rows.join(''))), ['xl/vbaProject.bin', 'x']]);
  const { problems } = await parseBytes('a.xlsm', zip);
  expect(told(problems)).toEqual(['workbook.macros']);
});

test('cells and rows that do not say where they are follow each other', async () => {
  const data =
    '<row><c t="str"><v>Nom</v></c><c t="str"><v>Code</v></c></row><row><c t="str"><v>A</v></c><c><v>7</v></c></row>';
  const { cells } = await parseBytes('a.xlsx', zipOf([types, root, workbook('S'), part(1, sheetXml(data))]));
  expect(cells['S']).toEqual([
    ['Nom', 'Code'],
    ['A', '7'],
  ]);
});

test('prefixed names, rich texts, phonetic guides and written controls', async () => {
  const strings =
    '<x:sst><x:si><x:r><x:t>Ri</x:t></x:r><x:r><x:t>che</x:t></x:r><x:rPh><x:t>guide</x:t></x:rPh></x:si><x:si><x:t>a_x000D_&#10;b</x:t></x:si></x:sst>';
  const data =
    '<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>T</x:v></x:c><x:c r="B1" t="str"><x:v>U</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="B2" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  const zip = zipOf([types, root, workbook('S'), part(1, data), ['xl/sharedStrings.xml', strings]]);
  expect((await parseBytes('a.xlsx', zip)).cells['S']?.[1]).toEqual(['Riche', 'a\nb']);
});

test('entities that feed on each other stay words', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${sheetXml(`<row r="1">${inline('A1', 'Nom')}${inline('B1', '&b;')}</row>${rows[1]}`)}`;
  const { cells } = await parseBytes('a.xlsx', zipOf([types, root, workbook('S'), part(1, bomb)]));
  expect(cells['S']?.[0]).toEqual(['Nom', '&b;']);
});

const refusals: readonly [string, string, Uint8Array | string, string][] = [
  ['a workbook without sheets', 'a.xlsx', zipOf([types, root, workbook()]), 'file.noTable'],
  ['a workbook whose only sheet is missing', 'a.xlsx', zipOf([types, root, workbook('S'), two]), 'file.damaged'],
  ['a zip that only promises a workbook', 'a.xlsx', zipOf([types, ['xl/theme.xml', '<x/>']]), 'file.damaged'],
  ['a sheet that is no XML', 'a.xlsx', zipOf([types, root, workbook('S'), part(1, 'bonjour')]), 'file.damaged'],
  ['a text of one word', 'a.xlsx', 'bonjour', 'file.damaged'],
  ['a Word document', 'a.docx', zipOf([types, ['word/document.xml', '<x/>']]), 'file.document'],
  ['a PDF', 'a.pdf', '%PDF-1.7\n', 'file.document'],
  [
    'three thousand columns',
    'a.xlsx',
    zipOf([types, root, workbook('S'), part(1, sheetXml(`<row r="1"><c r="DKJ1"><v>1</v></c></row>`))]),
    'file.tooManyColumns',
  ],
];
test.each(refusals)('%s is refused with its code', async (_, name, bytes, code) => {
  await expect(parseBytes(name, bytes)).rejects.toMatchObject({ code });
});

test('wherever a workbook is cut, it is refused with a code', { timeout: 60_000 }, async () => {
  const whole = await writeXlsx({
    sheets: [{ name: 'S', rows: [['Nom', 'N'], ...Array.from({ length: 50 }, (_, n) => [`A${n}`, n])] }],
  });
  for (let length = 4; length < whole.length - 1; length += 211)
    await expect(parseBytes('a.xlsx', whole.subarray(0, length)), `${length}`).rejects.toMatchObject({
      code: expect.stringMatching(/^file\./),
    });
});

test('a byte changed anywhere gives tables or a code, never a fall', { timeout: 60_000 }, async () => {
  const whole = await writeXlsx({
    sheets: [
      {
        name: 'S',
        rows: [
          ['Nom', 'N'],
          ['A', 1],
          ['B', 2],
        ],
      },
    ],
  });
  for (let at = 0; at < whole.length; at += 37) {
    const changed = Uint8Array.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    await parseBytes('a.xlsx', changed).catch((error: unknown) =>
      expect(error, `${at}`).toMatchObject({ code: expect.stringMatching(/^file\./) }),
    );
  }
});

test('a workbook that unfolds without end is stopped while it does', { timeout: 60_000 }, async () => {
  const filling = `<!--${' '.repeat(2 ** 19)}-->`.repeat(300);
  const zip = zipOf([types, root, workbook('S'), part(1, sheetXml(`${rows[0]}${filling}`))]);
  expect(zip.length).toBeLessThan(300_000);
  await expect(parseBytes('a.xlsx', zip)).rejects.toMatchObject({ code: 'file.archiveUnsafe' });
});

test('a text without end is not kept in memory', { timeout: 60_000 }, async () => {
  const endless = `<row r="4"><c r="A4" t="str"><v>${'x'.repeat(80 * 1024 ** 2)}`;
  const zip = zipOf([types, root, workbook('S'), part(1, sheetXml(`${rows.join('')}${endless}`))]);
  const { cells, problems } = await parseBytes('a.xlsx', zip);
  expect(cells['S']).toHaveLength(3);
  expect(problems).toMatchObject([{ code: 'sheet.cut', row: 3 }]);
});

test('a small workbook may still be a large table', { timeout: 60_000 }, async () => {
  const data = Array.from(
    { length: 40_000 },
    (_, index) =>
      `<row r="${index + 2}">${inline(`A${index + 2}`, 'x'.repeat(900))}<c r="B${index + 2}"><v>1</v></c></row>`,
  );
  const zip = zipOf([types, root, workbook('S'), part(1, sheetXml(rows[0] + data.join('')))]);
  expect(zip.length).toBeLessThan(1_300_000);
  expect((await parseBytes('a.xlsx', zip)).value.tables[0]?.rows).toBe(40_000);
});
