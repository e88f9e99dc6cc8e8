import { expect, test } from 'vitest';
import { biffRecord, compoundOf, f64, text16, u16, workbookStream } from '../../../../test/compound.ts';
import { parseBytes, told } from '../../../../test/parsed.ts';

const label = (row: number, column: number, text: string) => biffRecord(0x204, u16(row, column, 0), text16(text));
const number = (row: number, column: number, style: number, value: number) =>
  biffRecord(0x203, u16(row, column, style), f64(value));
const style = (format: number) => biffRecord(0xe0, u16(0, format), Buffer.alloc(16));
const header = [label(0, 0, 'Commune'), label(0, 1, 'Code'), label(0, 2, 'Date')];
const xls = (...given: Parameters<typeof workbookStream>) => compoundOf([['Workbook', workbookStream(...given)]]);

test('numbers, codes and dates are read by their formats', async () => {
  const globals = [biffRecord(0x41e, u16(164), text16('00000')), style(0), style(164), style(14)];
  const records = [
    ...header,
    ...[label(1, 0, 'Bourg-en-Bresse'), number(1, 1, 1, 1053), number(1, 2, 2, 45292)],
    // RK: 1250.5 as an integer of hundredths (bits 1 and 0 set).
    ...[label(2, 0, 'Tours'), number(2, 1, 1, 37261)],
    biffRecord(0x27e, u16(2, 2, 0), Buffer.from(new Int32Array([(125_050 << 2) | 3]).buffer)),
  ];
  const { value, cells, problems } = await parseBytes('rues.xls', xls([{ name: 'Rues', records }], globals));
  expect(value.format).toBe('xls');
  expect(cells['Rues']).toEqual([
    ['Commune', 'Code', 'Date'],
    ['Bourg-en-Bresse', '01053', '2024-01-01'],
    ['Tours', '37261', '1250.5'],
  ]);
  expect(problems).toEqual([]);
});

test('hidden rows, columns and sheets, errors, and texts of formulas', async () => {
  const formula = (row: number, column: number, result: readonly number[]) =>
    biffRecord(0x06, u16(row, column, 0), result, Buffer.alloc(8));
  const records = [
    // Column B (index 1) is hidden; row 3 (index 2) has no height.
    biffRecord(0x7d, u16(1, 1, 2048, 0, 1, 0)),
    biffRecord(0x208, u16(2, 0, 3, 255, 0, 0, 0x20, 0)),
    ...header,
    ...[label(1, 0, 'A'), label(1, 1, 'x'), formula(1, 2, [2, 0, 29, 0, 0, 0, 0xff, 0xff])],
    // Between a formula and its text stands the record of a shared formula.
    ...[label(2, 0, 'B'), label(2, 1, 'y'), formula(2, 2, [0, 0, 0, 0, 0, 0, 0xff, 0xff])],
    ...[biffRecord(0x4bc, Buffer.alloc(10)), biffRecord(0x207, text16('calculé'))],
  ];
  const { cells, problems } = await parseBytes('a.xls', xls([{ name: 'Paie', hidden: true, records }]));
  expect(cells['Paie']?.slice(1)).toEqual([
    ['A', 'x', ''],
    ['B', 'y', 'calculé'],
  ]);
  expect(told(problems)).toEqual(['sheet.hidden', 'row.hidden 3', 'column.hidden', 'formula.error C2']);
});

const refusals: readonly [string, Uint8Array, string][] = [
  [
    'a workbook with a password',
    xls([{ name: 'A', records: header }], [biffRecord(0x2f, Buffer.alloc(54))]),
    'file.encrypted',
  ],
  ['an .xlsx with a password', compoundOf([['EncryptedPackage', Buffer.alloc(100)]]), 'file.encrypted'],
  [
    'a workbook of Excel 95',
    compoundOf([['Book', workbookStream([{ name: 'A', records: header }], [], 0x0500)]]),
    'file.tooOld',
  ],
  ['a worksheet of Excel 2', Buffer.from('0900040000001000', 'hex'), 'file.tooOld'],
  ['a Word document', compoundOf([['WordDocument', Buffer.alloc(100)]]), 'file.document'],
  ['a workbook cut in half', xls([{ name: 'A', records: header }]).subarray(0, 2000), 'file.damaged'],
  ['a workbook of empty sheets', xls([{ name: 'Feuil1', records: [] }]), 'file.noTable'],
  ['an envelope without anything', compoundOf([]), 'file.damaged'],
];
test.each(refusals)('%s is refused with its code', async (_, bytes, code) => {
  await expect(parseBytes('comptes.xls', bytes)).rejects.toMatchObject({ code });
});

test('wherever an XLS is cut, it is refused with a code', async () => {
  const whole = xls([{ name: 'A', records: [...header, label(1, 0, 'x'), number(1, 1, 0, 1)] }]);
  for (let length = 8; length < whole.length; length += 397)
    await expect(parseBytes('a.xls', whole.subarray(0, length)), `${length}`).rejects.toMatchObject({
      code: expect.stringMatching(/^file\./),
    });
});
