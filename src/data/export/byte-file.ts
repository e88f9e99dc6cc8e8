// A file that is written piece by piece through one buffer.
import { closeSync, openSync, writeSync } from 'node:fs';

const bufferBytes = 1 << 20;

/** Writes synchronously: it works in a thread of its own, where nothing else waits. */
export class ByteFile {
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(bufferBytes);
  #used = 0;
  #flushed = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** How many bytes were written so far. */
  get length(): number {
    return this.#flushed + this.#used;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > bufferBytes - this.#used) this.#flush();
    if (bytes.length > bufferBytes) {
      this.#flushed += writeWhole(this.#file, bytes, this.#flushed);
      return;
    }
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Ends the file; `head` replaces its first bytes. */
  close(head?: Uint8Array): void {
    try {
      this.#flush();
      if (head !== undefined) writeWhole(this.#file, head, 0);
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    this.#flushed += writeWhole(this.#file, this.#buffer.subarray(0, this.#used), this.#flushed);
    this.#used = 0;
  }
}

function writeWhole(file: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  return bytes.length;
}
