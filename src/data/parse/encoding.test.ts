import { expect, test } from 'vitest';
import { elect, judgeHead, utf8SignLength, wholeSignsEnd, windows1252ToUtf8 } from './encoding.ts';

test('byte-order marks decide', () => {
  expect(judgeHead(Buffer.from('efbbbf61', 'hex'))).toEqual({ wide: null, markBytes: 3, binary: false });
  expect(judgeHead(Buffer.from('fffe6100', 'hex'))).toEqual({ wide: 'UTF-16LE', markBytes: 2, binary: false });
  expect(judgeHead(Buffer.from('feff0061', 'hex'))).toEqual({ wide: 'UTF-16BE', markBytes: 2, binary: false });
});

test('without a mark, UTF-16 shows by its NULs', () => {
  expect(judgeHead(Buffer.from('nom;été\n', 'utf16le')).wide).toBe('UTF-16LE');
  expect(judgeHead(Buffer.from('nom;été\n', 'utf16le').swap16()).wide).toBe('UTF-16BE');
});

test('a stray NUL is no binary file, a program is', () => {
  expect(judgeHead(Buffer.from(`${'nom;ville\n'.repeat(20)}Gym\0nase;Tours\n`)).binary).toBe(false);
  expect(judgeHead(Buffer.from('7f454c4602010100', 'hex')).binary).toBe(true);
});

test('windows-1252 has its own signs between 0x80 and 0x9F', () => {
  const sign = (byte: number) => Buffer.from(windows1252ToUtf8[byte] ?? []).toString();
  // Unicode consortium, CP1252.TXT.
  expect([0x80, 0x85, 0x8c, 0x92, 0x96, 0x9c, 0x9f, 0xa0, 0xe9, 0xff].map(sign)).toEqual([
    '€',
    '…',
    'Œ',
    '’',
    '–',
    'œ',
    'Ÿ',
    '\u00a0',
    'é',
    'ÿ',
  ]);
});

test('a chunk is judged without its cut tail', () => {
  const bytes = Buffer.from('aé€😀');
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((end) => wholeSignsEnd(bytes, end))).toEqual([
    1, 1, 3, 3, 3, 6, 6, 6, 6, 10,
  ]);
  expect(utf8SignLength(bytes, 1, bytes.length)).toBe(2);
  expect(utf8SignLength(bytes, 2, bytes.length)).toBe(0);
});

test('most lines win, and UTF-8 at equality', () => {
  expect([
    elect({ utf8: 5, windows1252: 1 }),
    elect({ utf8: 1, windows1252: 5 }),
    elect({ utf8: 2, windows1252: 2 }),
  ]).toEqual(['UTF-8', 'windows-1252', 'UTF-8']);
});
