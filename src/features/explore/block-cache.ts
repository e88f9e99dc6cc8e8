// Rows that were just read, kept in memory block by block: the next page and the next reader need no engine.

export type Block = { readonly rows: readonly (readonly unknown[])[] };

/** Bounded by an estimate of what the values weigh; the block used longest ago leaves first. */
export class BlockCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, { readonly value: unknown; bytes: number }>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The value of a key, read at most once at a time: whoever asks while it is being read waits for the same answer.
   * What fails is not kept.
   */
  async get<T>(key: string, read: () => Promise<T>, weigh: (value: T) => number): Promise<T> {
    const found = this.#entries.get(key);
    if (found !== undefined) {
      // Put last: a Map keeps the order of insertion.
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found.value as Promise<T>;
    }
    const entry = { value: read(), bytes: 0 };
    this.#entries.set(key, entry);
    try {
      const value = await entry.value;
      if (this.#entries.get(key) === entry) {
        entry.bytes = weigh(value) + 200 + 2 * key.length;
        this.#bytes += entry.bytes;
        this.#shrink();
      }
      return value;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  /** Forgets the values of keys, also those that are being read. */
  forget(isGone: (key: string) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (!isGone(key)) continue;
      this.#entries.delete(key);
      this.#bytes -= entry.bytes;
    }
  }

  #shrink(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return;
      // What is being read weighs nothing yet.
      if (entry.bytes === 0) continue;
      this.#entries.delete(key);
      this.#bytes -= entry.bytes;
    }
  }
}

/** About how many bytes rows take in memory. */
export function rowsBytes(rows: readonly (readonly unknown[])[]): number {
  let bytes = 0;
  for (const row of rows) {
    bytes += 40 + 8 * row.length;
    for (const value of row) {
      if (typeof value === 'string') bytes += 24 + value.length;
      else if (typeof value === 'number') bytes += 12;
      else if (typeof value === 'object' && value !== null) bytes += 80;
    }
  }
  return bytes;
}
