// The bytes of a binary file, chunk by chunk.
import { open } from 'node:fs/promises';

const chunkBytes = 2 * 1024 * 1024;

/** Each chunk is only good until the next one. */
export async function* readChunks(path: string, start = 0): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let position = start; ; ) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  } finally {
    await file.close();
  }
}
