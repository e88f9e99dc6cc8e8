// The first bytes of a file.
import { open } from 'node:fs/promises';

/** @returns at most `bytes` bytes, fewer when the file is shorter */
export async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    let held = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, held, bytes - held, held);
      held += bytesRead;
      if (bytesRead === 0 || held === bytes) return buffer.subarray(0, held);
    }
  } finally {
    await file.close();
  }
}
