// The values of a JSON text that stand at one place, in order, as texts: the elements of an array, the members of an object.
import { JsonFault, type JsonPath, jsonScanner } from './scan.ts';
import { chunksOf, type TextSource } from './source.ts';

export type JsonElement = {
  readonly text: string;
  /** The last name that leads to it: the key of a member, "*" for an element. */
  readonly key: string;
};

/** Where the values stand: `['features', '*']` for the elements of that array, `['?']` for all members of the top object. */
export type JsonPlace = readonly string[];

/** What stopped a reading before its end: the text is cut or broken there. */
export type Cut = { cut: boolean };

/**
 * Reads values by batches of about a megabyte. A text that is cut gives all that came before; `state.cut` then says so.
 * @throws JsonTooLong
 */
export async function* elementsAt(
  source: TextSource,
  place: JsonPlace,
  state: Cut,
): AsyncGenerator<readonly JsonElement[]> {
  let batch: JsonElement[] = [];
  const scanner = jsonScanner({
    meet(path, kind) {
      if (!leadsTo(path, place)) return 'pass';
      if (path.length === place.length) return 'take';
      return kind === 'scalar' ? 'pass' : 'enter';
    },
    take: (text, path) => batch.push({ text, key: path.at(-1) ?? '' }),
  });
  try {
    for await (const chunk of chunksOf(source.path, source.start)) {
      scanner.write(chunk);
      if (batch.length > 0) yield batch;
      batch = [];
    }
    if (!scanner.end()) state.cut = true;
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    state.cut = true;
  }
  if (batch.length > 0) yield batch;
}

function leadsTo(path: JsonPath, place: JsonPlace): boolean {
  return path.length <= place.length && path.every((name, index) => place[index] === '?' || name === place[index]);
}
