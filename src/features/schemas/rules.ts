// What a list shows of a model: its names, what it is for, how many columns it has.
import { foldedWords } from '../../lib/text.ts';
import { isRequired, type LoadedSchema } from '../../model/schema.ts';

export type ListedSchema = {
  readonly name: string;
  /** Its name on schema.data.gouv.fr; null for a territory's own. */
  readonly national: string | null;
  readonly title: string;
  readonly titleEn: string | null;
  readonly description: string | null;
  readonly descriptionEn: string | null;
  readonly version: string | null;
  /** Null for a model of a JSON document. */
  readonly columns: number | null;
  readonly required: number;
};

export function listed({
  name,
  national,
  loaded,
}: {
  readonly name: string;
  readonly national: string | null;
  readonly loaded: LoadedSchema;
}): ListedSchema {
  if (loaded.kind === 'table') {
    const { title, titleEn, description, descriptionEn, version, fields } = loaded.schema;
    const required = fields.filter(isRequired).length;
    return { name, national, title, titleEn, description, descriptionEn, version, columns: fields.length, required };
  }
  const facts = typeof loaded.schema === 'object' && loaded.schema !== null ? loaded.schema : {};
  const text = (key: string) => {
    const value: unknown = Reflect.get(facts, key);
    return typeof value === 'string' ? value : null;
  };
  return {
    name,
    national,
    title: text('title') ?? name,
    titleEn: text('titleEn'),
    description: text('description'),
    descriptionEn: text('descriptionEn'),
    version: text('version'),
    columns: null,
    required: 0,
  };
}

const emptyWords = new Set([
  'des',
  'les',
  'une',
  'pour',
  'par',
  'sur',
  'avec',
  'aux',
  'the',
  'and',
  'publics',
  'publiques',
  'donnees',
]);

/** How much of a subject's words a schema's names (twice as telling) and other texts have; 0 for nothing in common. */
export function wordsInCommon(subject: string, names: readonly string[], texts: readonly string[]): number {
  const words = stems(subject);
  const [named, told] = [new Set(names.flatMap(stems)), new Set(texts.flatMap(stems))];
  const inNames = words.filter((word) => named.has(word)).length;
  const inTexts = words.filter((word) => told.has(word)).length;
  // A word of the name, or most of a subject of several words in the rest.
  return inNames > 0 ? inNames * 2 + inTexts : words.length > 1 && inTexts === words.length ? inTexts : 0;
}

/** Words without their plural, gender or accents. */
function stems(text: string): readonly string[] {
  return foldedWords(text, '-')
    .split('-')
    .filter((word) => word.length > 2 && !emptyWords.has(word))
    .map((word) => word.replace(/(aux|[esx]+)$/, ''));
}
