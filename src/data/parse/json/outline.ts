// What a JSON text is made of, found in one reading: its arrays and how many objects they hold, its short values.

import { JsonFault, jsonScanner } from './scan.ts';
import { chunksOf, type TextSource } from './source.ts';

export type JsonArray = {
  /** The names that lead to it from the top; empty when the text is that array. */
  readonly path: readonly string[];
  objects: number;
  arrays: number;
  scalars: number;
};

export type Outline = {
  readonly top: 'object' | 'array' | 'scalar' | 'nothing';
  /** Values at the top: more than one when lines follow each other. */
  readonly values: number;
  readonly arrays: readonly JsonArray[];
  /** Members of the top object that are objects, and how many they are. */
  readonly topObjects: number;
  readonly topMembers: number;
  /** Short scalars by their path joined by dots ("crs.properties.name"), as they are written. */
  readonly scalars: ReadonlyMap<string, string>;
  /** Whether the text ends as it should. */
  readonly whole: boolean;
};

/** Nobody hides a table deeper. */
const deepest = 4;
const mostScalars = 1000;
/** Arrays of a text that people wrote; beyond, they are data of one another. */
const mostArrays = 200;

export async function outlineOf(source: TextSource): Promise<Outline> {
  const arrays = new Map<string, JsonArray>();
  const scalars = new Map<string, string>();
  let [values, topObjects, topMembers] = [0, 0, 0];
  let top: Outline['top'] = 'nothing';
  const scanner = jsonScanner({
    meet(path, kind) {
      if (path.length === 0 && values++ === 0) top = kind;
      if (values > 1) return 'pass';
      const element = path.at(-1) === '*';
      if (element) {
        const array = arrays.get(JSON.stringify(path.slice(0, -1)));
        if (array !== undefined) array[`${kind}s`]++;
        return 'pass';
      }
      if (path.length === 1) {
        topMembers++;
        if (kind === 'object') topObjects++;
      }
      if (kind === 'scalar') return scalars.size < mostScalars && path.length > 0 ? 'take' : 'pass';
      if (path.length > deepest) return 'pass';
      if (kind === 'object') return 'enter';
      if (arrays.size >= mostArrays) return 'pass';
      arrays.set(JSON.stringify(path), { path: [...path], objects: 0, arrays: 0, scalars: 0 });
      return 'enter';
    },
    take(text, path) {
      if (text.length < 1000) scalars.set(path.join('.'), text);
    },
  });
  let whole = true;
  try {
    for await (const chunk of chunksOf(source.path, source.start)) scanner.write(chunk);
    whole = scanner.end();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    whole = false;
  }
  return { top, values, arrays: [...arrays.values()], topObjects, topMembers, scalars, whole };
}

/** A short text of the outline, null when it is not one. */
export function outlineText(outline: Outline, path: string): string | null {
  const text = outline.scalars.get(path);
  if (text === undefined || text === 'null') return null;
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}
