// Writes ZIP archives (APPNOTE 6.3.10) as a stream: entries of any size, none of them ever in memory.
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** An entry is a text or a file. */
export type ZipEntry = { readonly name: string } & ({ readonly text: string } | { readonly path: string });

type Written = {
  readonly name: Buffer;
  readonly crc: number;
  readonly bytes: number;
  readonly packed: number;
  readonly at: number;
  readonly large: boolean;
};

/** Sizes from here on are written in 64 bits. */
const most32 = 0xffff_ffff;
/** What deflate may add to bytes that do not compress is far below this. */
const large = 0xf000_0000;
/** 1 January 1980: the same rows make the same archive, whenever. */
const date = 0x0021;

/** Fast enough for sheets of a million rows, and nearly as small as the slowest. */
const level = 4;

/** Writes the entries in their order; what `path` held is replaced. */
export async function writeZip(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    const written: Written[] = [];
    let at = 0;
    for (const entry of entries) {
      const one = await writeEntry(file, entry, at);
      written.push(one);
      at += headerBytes(one) + one.packed;
    }
    await file.write(directory(written, at), 0, null, at);
  } finally {
    await file.close();
  }
}

async function writeEntry(file: FileHandle, entry: ZipEntry, at: number): Promise<Written> {
  const size = 'text' in entry ? Buffer.byteLength(entry.text) : (await stat(entry.path)).size;
  const blank = { name: Buffer.from(entry.name), crc: 0, bytes: 0, packed: 0, at, large: size > large };
  const start = at + headerBytes(blank);
  let [crc, bytes, packed] = [0, 0, 0];
  const source = 'text' in entry ? Readable.from([Buffer.from(entry.text)]) : createReadStream(entry.path);
  const deflate = createDeflateRaw({ level });
  source.on('data', (chunk: Buffer) => {
    crc = crc32(chunk, crc);
    bytes += chunk.length;
  });
  source.on('error', (error: Error) => deflate.destroy(error));
  for await (const chunk of source.pipe(deflate)) {
    const piece = chunk as Buffer;
    await file.write(piece, 0, piece.length, start + packed);
    packed += piece.length;
  }
  const done = { ...blank, crc, bytes, packed };
  const header = localHeader(done);
  await file.write(header, 0, header.length, at);
  return done;
}

function headerBytes({ name, large: wide }: Pick<Written, 'name' | 'large'>): number {
  return 30 + name.length + (wide ? 20 : 0);
}

function localHeader({ name, crc, bytes, packed, large: wide }: Written): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  common(header, 4, wide);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(wide ? most32 : packed, 18);
  header.writeUInt32LE(wide ? most32 : bytes, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(wide ? 20 : 0, 28);
  return Buffer.concat([header, name, wide ? wideSizes([bytes, packed]) : Buffer.alloc(0)]);
}

/** Version needed, flags (names in UTF-8), method (deflate), time, date. */
function common(header: Buffer, at: number, wide: boolean): void {
  header.writeUInt16LE(wide ? 45 : 20, at);
  header.writeUInt16LE(0x0800, at + 2);
  header.writeUInt16LE(8, at + 4);
  header.writeUInt16LE(date, at + 8);
}

function wideSizes(sizes: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * sizes.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * sizes.length, 2);
  for (const [i, size] of sizes.entries()) extra.writeBigUInt64LE(BigInt(size), 4 + 8 * i);
  return extra;
}

function directory(entries: readonly Written[], at: number): Buffer {
  const central = Buffer.concat(entries.map(centralHeader));
  const wide = at > large || entries.some((entry) => entry.large);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(wide ? most32 : at, 16);
  return Buffer.concat([central, ...(wide ? [wideEnd(entries.length, central.length, at)] : []), end]);
}

function centralHeader(entry: Written): Buffer {
  const { name, crc, bytes, packed, at } = entry;
  const wide = entry.large || at > large;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(wide ? 45 : 20, 4);
  common(header, 6, wide);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(wide ? most32 : packed, 20);
  header.writeUInt32LE(wide ? most32 : bytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(wide ? 28 : 0, 30);
  header.writeUInt32LE(wide ? most32 : at, 42);
  return Buffer.concat([header, name, wide ? wideSizes([bytes, packed, at]) : Buffer.alloc(0)]);
}

function wideEnd(count: number, central: number, at: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(central), 40);
  end.writeBigUInt64LE(BigInt(at), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(at + central), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
