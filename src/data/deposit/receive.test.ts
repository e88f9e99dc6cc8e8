import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
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

/** A zip of the given entries, written by hand from PKWARE's APPNOTE (local headers, directory, end). */
function zipOf(entries: readonly (readonly [name: string, content: string])[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const title = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(raw), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(raw.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), facts, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), facts, tail, title]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('504b0506', 'hex'), end]);
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

test('an archive without a table, or with several, says so', async () => {
  const none = await given(
    'cartes.zip',
    zipOf([
      ['carte.shp', 'x'],
      ['carte.dbf', 'y'],
    ]),
  );
  await expect(none.receive()).rejects.toMatchObject({
    code: 'file.formatUnsupported',
    params: { format: 'zip: shp, dbf' },
  });
  const two = await given(
    'deux.zip',
    zipOf([
      ['a.csv', 'x'],
      ['b.csv', 'y'],
    ]),
  );
  await expect(two.receive()).rejects.toMatchObject({
    code: 'file.formatUnsupported',
    params: { format: 'zip: 2 × csv' },
  });
});

test('a spreadsheet named .csv is known for what it is', async () => {
  const { receive } = await given(
    'comptes.csv',
    zipOf([
      ['[Content_Types].xml', '<x/>'],
      ['xl/workbook.xml', '<x/>'],
    ]),
  );
  await expect(receive()).rejects.toMatchObject({ code: 'file.formatUnsupported', params: { format: 'xlsx' } });
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
  expect(existsSync(join(folder, 'unwrapped'))).toBe(false);
  const zip = await given('bombe.zip', zipOf([['a.csv', 'a'.repeat(5_000_000)]]));
  await expect(unwrapArchive(zip.path, 'bombe.zip', zip.folder, limits)).rejects.toMatchObject({
    code: 'file.archiveUnsafe',
  });
});
