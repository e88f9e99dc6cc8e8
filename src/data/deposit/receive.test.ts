import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { zipOf } from '../../../test/zip.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import { unwrapArchive } from './archive.ts';
import { receiveFile } from './receive.ts';

const root = mkdtempSync(join(tmpdir(), 'terroir-deposit-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let number = 0;
async function given(name: string, content: string | Uint8Array) {
  const folder = mkdtempSync(join(root, `${number++}-`));
  const path = join(folder, name);
  writeFileSync(path, content);
  const files = await openDiskStore(join(folder, 'store'));
  return { path, folder, files, receive: () => receiveFile({ path }, files) };
}

test('the original is kept byte for byte under its sha256', async () => {
  const content = Buffer.from('nom;ville\nÉcole;Tours\n', 'latin1');
  const { receive, files } = await given('écoles.csv', content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(await receive()).toEqual({
    name: 'écoles.csv',
    bytes: content.length,
    sha256,
    path: files.originalPath(sha256),
  });
  expect(readFileSync(files.originalPath(sha256))).toEqual(content);
});

test('the same bytes are kept once, and no copy stays in the scratch folder', async () => {
  const { receive, files } = await given('a.csv', 'a;b\n1;2\n');
  expect((await receive()).sha256).toBe((await receive()).sha256);
  expect(readdirSync(files.scratch)).toEqual([]);
});

test('a file that is not there, or empty, is refused', async () => {
  const { folder, files, receive } = await given('vide.csv', '');
  await expect(receive()).rejects.toMatchObject({ code: 'file.empty' });
  await expect(receiveFile({ path: join(folder, 'rien.csv') }, files)).rejects.toMatchObject({ code: 'file.notFound' });
  await expect(receiveFile({ path: folder }, files)).rejects.toMatchObject({ code: 'file.unreadable' });
});

test('a .gz is kept as it came, and read unpacked', async () => {
  const packed = gzipSync('a;b\n1;2\n');
  const { receive, files } = await given('donnees.csv.gz', packed);
  const file = await receive();
  expect(file).toMatchObject({ name: 'donnees.csv.gz', innerName: 'donnees.csv', bytes: packed.length });
  expect(readFileSync(file.path, 'utf8')).toBe('a;b\n1;2\n');
  expect(readFileSync(files.originalPath(file.sha256))).toEqual(packed);
});

test('a .zip of one table is read, whatever stands beside it', async () => {
  const zip = zipOf([
    ['LISEZMOI.txt', 'bonjour'],
    ['__MACOSX/._table.csv', 'x'],
    ['dossier/table.csv', 'a;b\n1;2\n'],
    ['notice.pdf', '%PDF'],
  ]);
  const file = await (await given('table.zip', zip)).receive();
  expect(file.innerName).toBe('table.csv');
  expect(readFileSync(file.path, 'utf8')).toBe('a;b\n1;2\n');
});

test('a name that climbs out of the archive writes nothing outside', async () => {
  const { receive, folder } = await given('piege.zip', zipOf([['../../dehors.csv', 'a;b\n1;2\n']]));
  await expect(receive()).rejects.toMatchObject({ code: 'file.archiveUnsafe' });
  expect(existsSync(join(folder, 'dehors.csv'))).toBe(false);
});

test('an archive without anything to read says what it holds', async () => {
  const none = await given(
    'images.zip',
    zipOf([
      ['carte.png', 'x'],
      ['carte.pgw', 'y'],
    ]),
  );
  await expect(none.receive()).rejects.toMatchObject({
    code: 'file.formatUnsupported',
    params: { format: 'zip: png, pgw' },
  });
});

test('a zip that is a format of its own, or holds several tables, is left to its reader', async () => {
  const names = [
    ['carte.shp', 'carte.dbf'],
    ['[Content_Types].xml', 'xl/workbook.xml'],
    ['mimetype', 'content.xml'],
    ['doc.kml', 'images/logo.png'],
    ['a.csv', 'b.csv'],
  ];
  for (const inside of names) {
    const file = await (await given('paquet.zip', zipOf(inside.map((name) => [name, 'x'])))).receive();
    expect(file.innerName, inside.join(' ')).toBeUndefined();
  }
});

test('an archive inside an archive is opened, three layers down at most', async () => {
  const table = gzipSync('a;b\n1;2\n');
  const once = zipOf([['table.csv.gz', table]]);
  const file = await (await given('deux.zip', once)).receive();
  expect(file.innerName).toBe('table.csv');
  expect(readFileSync(file.path, 'utf8')).toBe('a;b\n1;2\n');
  const deep = zipOf([['c.zip', zipOf([['b.zip', once]])]]);
  await expect((await given('puits.zip', deep)).receive()).rejects.toMatchObject({ code: 'file.archiveUnsafe' });
});

test('a cut workbook is told as damaged, not as an archive', async () => {
  const zip = zipOf([['[Content_Types].xml', '<x/>'.repeat(100)]]);
  await expect((await given('comptes.xlsx', zip.subarray(0, 90))).receive()).rejects.toMatchObject({
    code: 'file.damaged',
  });
});

test('broken archives are refused', async () => {
  const cut = gzipSync('a;b\n'.repeat(1000));
  await expect((await given('coupe.csv.gz', cut.subarray(0, 30))).receive()).rejects.toMatchObject({
    code: 'file.archiveUnsafe',
  });
  const zip = zipOf([['a.csv', 'a;b\n'.repeat(100)]]);
  await expect((await given('coupe.zip', zip.subarray(0, 60))).receive()).rejects.toMatchObject({
    code: 'file.archiveUnsafe',
  });
});

test('a bomb is stopped while it bursts', async () => {
  const limits = { freeBytes: 10_000, ratio: 200, mostBytes: 1e9, mostEntries: 100 };
  const { path, folder } = await given('bombe.csv.gz', gzipSync(Buffer.alloc(5_000_000, 'a')));
  await expect(unwrapArchive(path, 'bombe.csv.gz', folder, limits)).rejects.toMatchObject({
    code: 'file.archiveUnsafe',
  });
  expect(existsSync(join(folder, 'unwrapped-1'))).toBe(false);
  const zip = await given('bombe.zip', zipOf([['a.csv', 'a'.repeat(5_000_000)]]));
  await expect(unwrapArchive(zip.path, 'bombe.zip', zip.folder, limits)).rejects.toMatchObject({
    code: 'file.archiveUnsafe',
  });
});
