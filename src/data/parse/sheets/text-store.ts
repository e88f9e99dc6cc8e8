// Keeps the shared texts of a workbook as bytes: half a million of them weigh a tenth of what strings would.

export type TextStore = {
  readonly count: number;
  /** The text at an index, undefined when there is none. */
  at(index: number): string | undefined;
};

export type TextStoreWriter = TextStore & { add(text: string): void };

/** Texts that come back often are worth keeping as strings; of more, each comes back seldom. */
const mostDecoded = 50_000;

export function textStore(): TextStoreWriter {
  let bytes = Buffer.allocUnsafe(1 << 16);
  let ends = new Float64Array(1 << 10);
  const decoded: string[] = [];
  let [used, count] = [0, 0];
  return {
    get count() {
      return count;
    },
    add(text) {
      const needed = used + text.length * 3;
      if (needed > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(needed, bytes.length * 2));
        bytes.copy(larger, 0, 0, used);
        bytes = larger;
      }
      if (count === ends.length) {
        const longer = new Float64Array(ends.length * 2);
        longer.set(ends);
        ends = longer;
      }
      used += bytes.write(text, used);
      ends[count++] = used;
    },
    at(index) {
      const known = decoded[index];
      if (known !== undefined) return known;
      if (!(index >= 0 && index < count)) return undefined;
      const text = bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index]);
      if (count <= mostDecoded) decoded[index] = text;
      return text;
    },
  };
}
