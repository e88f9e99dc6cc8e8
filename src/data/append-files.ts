// Files with one header, one after the other under that header.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** @param paths CSV files whose first line is the same header; the names in it hold no line end @throws disk.full as the system says */
export async function appendFiles(paths: readonly string[], to: string): Promise<void> {
  const out = createWriteStream(to);
  for (const [index, path] of paths.entries()) {
    let header = index > 0;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const end = header ? chunk.indexOf('\n') : -1;
      if (header && end === -1) continue;
      header = false;
      if (!out.write(chunk.subarray(end + 1))) await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
}
