// A CSV under another header: columns that are gone are left out, new ones are empty, the order is the one asked for.
import { open } from 'node:fs/promises';
import { quoteIdentifier, quoteLiteral } from '../stores/tables/dialect.ts';
import type { TableEngine } from '../stores/tables/engine.ts';

const longestHeader = 1 << 20;

/**
 * @param path a CSV with commas whose first line is its header, without line ends in its names
 * @param header the columns wanted; those that the file does not have are empty
 * @returns false when the file has this very header: nothing was written
 * @throws TerroirError engine.*, disk.full
 */
export async function alignFile(
  path: string,
  header: readonly string[],
  { tables, to }: { readonly tables: TableEngine; readonly to: string },
): Promise<boolean> {
  const found = namesOf(await firstLine(path));
  if (found.length === header.length && found.every((name, index) => name === header[index])) return false;
  const there = new Set(found);
  const select = header.map((name) => `${there.has(name) ? quoteIdentifier(name) : "''"} AS ${quoteIdentifier(name)}`);
  const from = `read_csv(${quoteLiteral(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', strict_mode = true)`;
  await tables.run([
    {
      sql: `COPY (SELECT ${select.join(', ')} FROM ${from}) TO ${quoteLiteral(to)} (FORMAT csv, HEADER true, DELIMITER ',', NULLSTR '')`,
    },
  ]);
  return true;
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    const end = text.indexOf('\n');
    return (end === -1 ? text : text.slice(0, end)).replace(/\r$/, '');
  } finally {
    await file.close();
  }
}

function namesOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}
