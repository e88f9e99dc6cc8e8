// Remembers which rows passed a spatial test: the pages of an answer then cost one comparison, and versions never change.

import { SharedWork } from '../../lib/request-scope.ts';

type Kept = { readonly version: string; readonly work: SharedWork<string>; bytes: number };

export class FoundCache {
  readonly #kept = new Map<string, Kept>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The rows of a test; found once however many ask together, and not kept when it fails. */
  get(version: string, test: string, find: () => Promise<string>): Promise<string> {
    const name = JSON.stringify([version, test]);
    const known = this.#kept.get(name);
    if (known !== undefined && !known.work.givenUp) {
      // Last asked, last to go.
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known.work.join();
    }
    if (known !== undefined) this.#drop(name, known);
    const work = new SharedWork(async () => {
      // What is kept is there before anything is found, or fails.
      await null;
      try {
        const rows = await find();
        this.#weigh(name, kept, rows.length + name.length);
        return rows;
      } catch (error) {
        this.#drop(name, kept);
        throw error;
      }
    });
    const kept: Kept = { version, work, bytes: 0 };
    this.#kept.set(name, kept);
    return work.join();
  }

  /** Forgets all that was found in a version. */
  forget(version: string): void {
    for (const [name, kept] of this.#kept) if (kept.version === version) this.#drop(name, kept);
  }

  #weigh(name: string, kept: Kept, bytes: number): void {
    if (this.#kept.get(name) !== kept) return;
    kept.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, each] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest, each);
    }
  }

  #drop(name: string, kept: Kept): void {
    if (this.#kept.get(name) !== kept) return;
    this.#kept.delete(name);
    this.#bytes -= kept.bytes;
  }
}
