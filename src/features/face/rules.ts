// What a dataset answers about a commune, decided by its words and columns. Pure.
import { foldText } from '../../lib/text.ts';
import type { Dataset } from '../../model/dataset.ts';
import type { Field } from '../../model/field.ts';
import type { Subject } from './schemas.ts';

export type Asked = {
  readonly subject: Subject;
  readonly part: 'everyday' | 'democracy' | null;
  /** One of these begins a word of the title or of the keywords, and none of the others does. */
  readonly words: readonly string[];
  readonly without?: readonly string[];
  /** A day to come, the last day, or no day at all. */
  readonly day?: 'next' | 'last';
  /** The columns that say what happens, by their name. */
  readonly tells?: RegExp;
  /** The column that is summed, by its name. */
  readonly sums?: RegExp;
};

/** In the order in which a page tells them: what is asked every week first. */
const asked: readonly Asked[] = [
  {
    subject: 'collection',
    part: 'everyday',
    words: ['collecte'],
    day: 'next',
    tells: /^(flux|type_dechet|dechet|nature)/,
  },
  {
    subject: 'menus',
    part: 'everyday',
    words: ['menus', 'cantine'],
    day: 'next',
    tells: /^(entree|plat|accomp|dessert)/,
  },
  {
    subject: 'markets',
    part: 'everyday',
    words: ['marches forains', 'marches de producteurs', 'circuits courts'],
    tells: /^(jour|lieu)/,
  },
  {
    subject: 'agenda',
    part: 'everyday',
    words: ['agenda', 'rendez-vous'],
    day: 'next',
    tells: /^(titre|intitule|nom)/,
  },
  { subject: 'equipment', part: 'everyday', words: ['equipements'] },
  { subject: 'dropOff', part: 'everyday', words: ['points d’apport', 'points d apport', 'tri'] },
  { subject: 'bikes', part: 'everyday', words: ['velo'], sums: /^(capacite|places)/ },
  {
    subject: 'parking',
    part: 'everyday',
    words: ['stationnement'],
    without: ['velo'],
    sums: /^(places|capacite|nb_pl)/,
  },
  { subject: 'libraries', part: 'everyday', words: ['bibliotheque'], sums: /^prets/ },
  { subject: 'trees', part: 'everyday', words: ['arbres'] },
  { subject: 'defibrillators', part: 'everyday', words: ['defibrillateurs'] },
  { subject: 'traffic', part: 'everyday', words: ['trafic', 'comptages routiers'] },
  { subject: 'deliberations', part: 'democracy', words: ['deliberations'], day: 'last', tells: /objet/ },
  { subject: 'grants', part: 'democracy', words: ['subventions'], sums: /montant|somme/ },
  { subject: 'budget', part: 'democracy', words: ['budget'] },
];

type Described = Pick<Dataset, 'title' | 'keywords'>;

/** What a dataset is asked about; null when nothing that residents ask. */
export function subjectOf(dataset: Described): Asked | null {
  const text = ` ${[dataset.title, ...dataset.keywords].map((each) => foldText(each)).join(' | ')}`;
  const has = (word: string) => text.includes(` ${foldText(word)}`);
  return asked.find(({ words, without = [] }) => words.some(has) && !without.some(has)) ?? null;
}

/** How the rows of one commune are told from the others: all of them, by its code, by its name; null when they cannot be. */
export type There = { readonly column: string; readonly value: string } | 'all' | null;

export function rowsThere(
  dataset: Pick<Dataset, 'communes'>,
  fields: readonly Field[],
  commune: { readonly insee: string; readonly name: string },
): There {
  if (dataset.communes.length === 1 && dataset.communes[0] === commune.insee) return 'all';
  const code = fields.find((field) => field.role === 'inseeCode' && field.type === 'string');
  if (code !== undefined) return { column: code.name, value: commune.insee };
  const named = fields.find((field) => field.role === 'communeName' && field.type === 'string');
  return named === undefined ? null : { column: named.name, value: commune.name };
}

/** The columns that an answer needs. */
export type AnswerColumns = {
  readonly day: string | null;
  readonly sum: string | null;
  readonly tells: readonly string[];
};

export function columnsFor({ day, sums, tells }: Asked, fields: readonly Field[]): AnswerColumns {
  const numbers = fields.filter(({ type }) => type === 'integer' || type === 'number');
  const sum = sums === undefined ? undefined : numbers.find(({ name }) => sums.test(name));
  return {
    day: day === undefined ? null : (fields.find(({ type }) => type === 'date')?.name ?? null),
    sum: sum?.name ?? null,
    tells:
      tells === undefined
        ? []
        : fields.filter(({ name, type }) => type === 'string' && tells.test(name)).map(({ name }) => name),
  };
}

/** The query's condition; null for every row. Values are quoted as ODSQL reads them. */
export function conditionOf(there: There): string | null {
  if (there === null || there === 'all') return null;
  return `\`${there.column}\` = ${quoted(there.value)}`;
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Made once: making one costs more than a hundred uses. Swedish dates are ISO dates. */
const inParis = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Paris' });

/** The day in Paris, ISO. */
export function dayInParis(now: Date): string {
  return inParis.format(now);
}
