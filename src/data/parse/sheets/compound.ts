// Opens a compound file (MS-CFB), the envelope of old Excel and Word files and of protected workbooks: names and streams.

export type Compound = {
  readonly names: readonly string[];
  /** The bytes of a stream, null when there is none of that name. @throws RangeError when it is cut */
  stream(name: string): Uint8Array | null;
};

type Entry = { readonly name: string; readonly kind: number; readonly start: number; readonly size: number };

const endOfChain = 0xffff_fffe;
const mostSectors = 1 << 22;

/** @throws RangeError when the file is cut or its chains go round */
export function openCompound(bytes: Uint8Array): Compound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorBytes = 1 << view.getUint16(30, true);
  const miniBytes = 1 << view.getUint16(32, true);
  const miniCutoff = view.getUint32(56, true);
  if (sectorBytes < 512 || sectorBytes > 4096 || miniBytes > sectorBytes) throw new RangeError('sector size');
  const offsetOf = (sector: number) => (sector + 1) * sectorBytes;

  const table = sectorTable();
  const entries = directory(joined(chain(view.getUint32(48, true), table), sectorBytes, offsetOf));
  const root = entries.find(({ kind }) => kind === 5);
  const miniTable = numbers(joined(chain(view.getUint32(60, true), table), sectorBytes, offsetOf));
  const mini = root === undefined ? new Uint8Array(0) : joined(chain(root.start, table), sectorBytes, offsetOf);

  return {
    names: entries.map(({ name }) => name),
    stream(name) {
      const entry = entries.find((each) => each.kind === 2 && each.name === name);
      if (entry === undefined) return null;
      const whole =
        entry.size < miniCutoff
          ? cut(mini, chain(entry.start, miniTable), miniBytes)
          : joined(chain(entry.start, table), sectorBytes, offsetOf);
      if (whole.length < entry.size) throw new RangeError('stream is cut');
      return whole.subarray(0, entry.size);
    },
  };

  function joined(sectors: readonly number[], length: number, offset: (sector: number) => number): Uint8Array {
    const out = new Uint8Array(sectors.length * length);
    for (const [index, sector] of sectors.entries()) {
      const at = offset(sector);
      if (at >= bytes.length) throw new RangeError('sector beyond the end');
      out.set(bytes.subarray(at, Math.min(at + length, bytes.length)), index * length);
    }
    return out;
  }

  /** The table that says which sector follows which; its own sectors are listed in the header, then in a chain. */
  function sectorTable(): readonly number[] {
    const sectors: number[] = [];
    for (let index = 0; index < 109; index++) sectors.push(view.getUint32(76 + index * 4, true));
    let next = view.getUint32(68, true);
    for (let turns = 0; next < endOfChain && turns < 10_000; turns++) {
      const at = offsetOf(next);
      for (let index = 0; index < sectorBytes / 4 - 1; index++) sectors.push(view.getUint32(at + index * 4, true));
      next = view.getUint32(at + sectorBytes - 4, true);
    }
    return numbers(
      joined(
        sectors.filter((sector) => sector < endOfChain - 2),
        sectorBytes,
        offsetOf,
      ),
    );
  }
}

function numbers(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(index * 4, true));
}

function chain(start: number, table: readonly number[]): readonly number[] {
  const sectors: number[] = [];
  for (let sector = start; sector < endOfChain - 2; sector = table[sector] ?? endOfChain) {
    sectors.push(sector);
    if (sectors.length > Math.min(mostSectors, table.length)) throw new RangeError('chain goes round');
  }
  return sectors;
}

function cut(bytes: Uint8Array, sectors: readonly number[], length: number): Uint8Array {
  const out = new Uint8Array(sectors.length * length);
  for (const [index, sector] of sectors.entries())
    out.set(bytes.subarray(sector * length, (sector + 1) * length), index * length);
  return out;
}

function directory(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Entry[] = [];
  for (let at = 0; at + 128 <= bytes.length; at += 128) {
    const length = view.getUint16(at + 64, true);
    const kind = bytes[at + 66] ?? 0;
    if (kind === 0 || length < 2 || length > 64) continue;
    const name = Buffer.from(bytes.subarray(at, at + length - 2)).toString('utf16le');
    entries.push({ name, kind, start: view.getUint32(at + 116, true), size: view.getUint32(at + 120, true) });
  }
  return entries;
}
