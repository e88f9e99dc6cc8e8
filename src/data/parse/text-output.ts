// Gathers texts as bytes before they are written: short strings die young, one large block goes to the disk.
import type { FileHandle } from 'node:fs/promises';

export type TextOutput = {
  add(text: string): void;
  /** Whether enough waits to be worth a writing. */
  isFull(): boolean;
  /** Writes what waits. Nothing may be added meanwhile. */
  write(): Promise<void>;
};

const writtenAtOnce = 1 << 19;

export function textOutput(file: FileHandle): TextOutput {
  let block = Buffer.allocUnsafe(writtenAtOnce * 2);
  let used = 0;
  return {
    add(text) {
      const most = text.length * 3;
      if (used + most > block.length) {
        const larger = Buffer.allocUnsafe(Math.max(used + most, block.length * 2));
        block.copy(larger, 0, 0, used);
        block = larger;
      }
      used += block.write(text, used);
    },
    isFull: () => used >= writtenAtOnce,
    async write() {
      if (used > 0) await file.writeFile(block.subarray(0, used));
      used = 0;
    },
  };
}
