// FlatBuffers, as far as FlatGeobuf needs them: tables, vectors and texts written forwards into one buffer that grows.

/** A field of a table: a number in its place, or what lies elsewhere. */
export type FlatField =
  | { readonly kind: 'u8' | 'u16' | 'i32'; readonly value: number }
  | { readonly kind: 'u64'; readonly value: bigint }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'u32s' | 'f64s'; readonly value: readonly number[] }
  | { readonly kind: 'table'; readonly value: FlatTable }
  | { readonly kind: 'tables'; readonly value: readonly FlatTable[] };

/** Fields by their number in the schema; null ones are left out. */
export type FlatTable = readonly (FlatField | null)[];

const sizes = { u8: 1, u16: 2, i32: 4, u64: 8 } as const;
/** Offsets are 32 bits. */
const offsetBytes = 4;

/** Kept from one buffer to the next: a file has a million of them. */
export class FlatWriter {
  #bytes = Buffer.alloc(1 << 16);
  #at = 0;

  /** The table with its size before it. The bytes are good until the next call. */
  sizePrefixed(table: FlatTable): Buffer {
    this.#at = 0;
    this.#grow(8);
    this.#at = 8;
    this.#pointTo(4, this.#table(table));
    this.#pad(8);
    this.#bytes.writeUInt32LE(this.#at - 4, 0);
    return this.#bytes.subarray(0, this.#at);
  }

  /** Writes the table, then what its fields refer to; offsets go forwards. @returns where it lies */
  #table(fields: FlatTable): number {
    let count = fields.length;
    while (count > 0 && fields[count - 1] === null) count--;
    const places = new Array<number>(count).fill(0);
    // The widest first, after the four bytes that lead to the description of the table.
    let size = 4;
    const ordered = fields
      .slice(0, count)
      .map((field, i) => ({
        i,
        bytes: field === null ? 0 : field.kind in sizes ? sizes[field.kind as 'u8'] : offsetBytes,
      }))
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes);
    for (const { i, bytes } of ordered) {
      size = Math.ceil(size / bytes) * bytes;
      places[i] = size;
      size += bytes;
    }
    this.#pad(2);
    const described = this.#at;
    const description = 4 + 2 * count;
    this.#grow(description + size + 16);
    this.#bytes.writeUInt16LE(description, described);
    this.#bytes.writeUInt16LE(size, described + 2);
    for (const [i, place] of places.entries()) this.#bytes.writeUInt16LE(place, described + 4 + 2 * i);
    this.#at += description;
    this.#pad(8);
    const table = this.#at;
    this.#bytes.writeInt32LE(table - described, table);
    this.#bytes.fill(0, table + 4, table + size);
    this.#at += size;
    for (const [i, field] of fields.entries()) if (field !== null) this.#field(field, table + (places[i] ?? 0));
    return table;
  }

  #field(field: FlatField, place: number): void {
    switch (field.kind) {
      case 'u8':
        this.#bytes.writeUInt8(field.value, place);
        break;
      case 'u16':
        this.#bytes.writeUInt16LE(field.value, place);
        break;
      case 'i32':
        this.#bytes.writeInt32LE(field.value, place);
        break;
      case 'u64':
        this.#bytes.writeBigUInt64LE(field.value, place);
        break;
      case 'text':
        this.#pointTo(place, this.#text(field.value));
        break;
      case 'bytes':
        this.#pointTo(
          place,
          this.#vector(field.value.length, 1, (at) => this.#bytes.set(field.value, at)),
        );
        break;
      case 'u32s':
      case 'f64s':
        this.#pointTo(place, this.#numbers(field.kind, field.value));
        break;
      case 'table':
        this.#pointTo(place, this.#table(field.value));
        break;
      case 'tables':
        this.#pointTo(place, this.#tables(field.value));
    }
  }

  #numbers(kind: 'u32s' | 'f64s', values: readonly number[]): number {
    const bytes = kind === 'u32s' ? 4 : 8;
    return this.#vector(values.length, bytes, (at) => {
      for (const [i, value] of values.entries()) {
        if (kind === 'u32s') this.#bytes.writeUInt32LE(value, at + 4 * i);
        else this.#bytes.writeDoubleLE(value, at + 8 * i);
      }
    });
  }

  #tables(tables: readonly FlatTable[]): number {
    const vector = this.#vector(tables.length, offsetBytes, () => {});
    for (const [i, table] of tables.entries()) this.#pointTo(vector + 4 + 4 * i, this.#table(table));
    return vector;
  }

  /** Its length, then its elements, each at a multiple of its size. */
  #vector(length: number, bytes: number, fill: (at: number) => void): number {
    this.#pad(4);
    if (bytes === 8 && this.#at % 8 === 0) this.#skip(4);
    const vector = this.#at;
    this.#grow(4 + length * bytes);
    this.#bytes.writeUInt32LE(length, vector);
    fill(vector + 4);
    this.#at += 4 + length * bytes;
    return vector;
  }

  #text(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    const place = this.#vector(bytes.length, 1, (at) => this.#bytes.set(bytes, at));
    // Texts end with a zero that is not counted.
    this.#skip(1);
    return place;
  }

  #pointTo(place: number, target: number): void {
    this.#bytes.writeUInt32LE(target - place, place);
  }

  #pad(to: number): void {
    this.#skip((to - (this.#at % to)) % to);
  }

  #skip(bytes: number): void {
    this.#grow(bytes);
    this.#bytes.fill(0, this.#at, this.#at + bytes);
    this.#at += bytes;
  }

  #grow(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
