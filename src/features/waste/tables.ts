// Which table of waste a dataset is, and its rows as plain texts.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { queryVersion } from '../explore/service.ts';
import type { WasteSource } from './schemas.ts';

export type WasteKind =
  | 'rounds'
  | 'exceptions'
  | 'holidays'
  | 'dates'
  | 'sectors'
  | 'streets'
  | 'centres'
  | 'sorting'
  | 'bulky';

type Recognition = {
  readonly kind: WasteKind;
  readonly schema: string;
  /** Columns without which a table is not of this kind; one of `oneOf` at least, when there are any. */
  readonly columns: readonly string[];
  readonly oneOf?: readonly string[];
  /** Whether its rows must be areas on the map. */
  readonly areas?: true;
};

/** In this order: what asks for more comes first. */
const recognitions: readonly Recognition[] = [
  // A table of dates often says their weekday too: a date is more than a weekday.
  { kind: 'dates', schema: 'collecte-dechets-dates', columns: ['secteur', 'flux', 'date_collecte'] },
  { kind: 'rounds', schema: 'collecte-dechets-tournees', columns: ['flux'], oneOf: ['jour', 'regle'] },
  { kind: 'exceptions', schema: 'collecte-dechets-reports', columns: ['date', 'nouvelle_date', 'motif'] },
  { kind: 'holidays', schema: 'collecte-dechets-feries', columns: ['regle', 'dernier_jour', 'feries_observes'] },
  { kind: 'sectors', schema: 'collecte-dechets-secteurs', columns: ['secteur'], areas: true },
  { kind: 'streets', schema: 'collecte-dechets-voies', columns: ['voie'], oneOf: ['secteur', 'jours'] },
  {
    kind: 'centres',
    schema: 'decheteries',
    columns: ['nom', 'horaires'],
    oneOf: ['dechets_acceptes', 'carte_obligatoire'],
  },
  { kind: 'sorting', schema: 'guide-du-tri', columns: ['dechet', 'destination'] },
  { kind: 'bulky', schema: 'collecte-encombrants', columns: ['mode', 'conditions', 'code_insee'] },
];

export const wasteSchemas = recognitions.map(({ schema }) => schema);
/** One of these is in every table of waste: what the catalogue is asked for. */
export const wasteColumns = [
  'flux',
  'nouvelle_date',
  'feries_observes',
  'secteur',
  'voie',
  'horaires',
  'dechet',
  'conditions',
];

/** By the schema that its producer named; else by its columns. Null: it is about something else. */
export function kindOf({ schema, fields, geometry }: Version): WasteKind | null {
  const named = recognitions.find((each) => schema === each.schema || schema?.endsWith(`/${each.schema}`));
  if (named !== undefined) return named.kind;
  const names = new Set(fields.map(({ name }) => name));
  const found = recognitions.find(
    ({ columns, oneOf, areas }) =>
      columns.every((name) => names.has(name)) &&
      (oneOf === undefined || oneOf.some((name) => names.has(name))) &&
      (areas === undefined || /polygon/i.test(geometry?.type ?? '')),
  );
  return found?.kind ?? null;
}

export type Row = {
  /** The text of a column, trimmed; null when the column or the value is missing. */
  text(name: string): string | null;
  number(name: string): number | null;
  flag(name: string): boolean | null;
  readonly shape: unknown;
};

export type WasteTable = { readonly kind: WasteKind; readonly rows: readonly Row[]; readonly source: WasteSource };

const chunk = 5000;
/** A million people have fewer streets. */
const mostRows = 200_000;

/** @throws TerroirError engine.* */
export async function readTable(context: Context, dataset: Dataset, version: Version): Promise<WasteTable | null> {
  const kind = kindOf(version);
  if (kind === null) return null;
  const rows: Row[] = [];
  for (let offset = 0; offset < Math.min(version.rows, mostRows); offset += chunk) {
    const { results } = await queryVersion(context, version, { limit: chunk, offset });
    for (const record of results) rows.push(rowOf(record));
    if (results.length === 0) break;
  }
  return { kind, rows, source: sourceOf(dataset) };
}

function rowOf(record: Readonly<Record<string, unknown>>): Row {
  const text = (name: string) => {
    const value = record[name];
    const shown = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    return typeof shown === 'string' && shown.trim() !== '' ? shown.trim() : null;
  };
  const shape = Object.values(record).find(isShape);
  return {
    text,
    number: (name) => {
      const value = Number(text(name) ?? Number.NaN);
      return Number.isFinite(value) ? value : null;
    },
    flag: (name) => {
      const said = text(name)?.toLowerCase();
      if (said === undefined) return null;
      return ['oui', 'true', 'yes', '1', 'vrai'].includes(said);
    },
    shape: shape?.geometry ?? shape ?? null,
  };
}

function isShape(value: unknown): value is { readonly geometry?: unknown } {
  return (
    typeof value === 'object' && value !== null && 'type' in value && ('geometry' in value || 'coordinates' in value)
  );
}

export function sourceOf(dataset: Dataset): WasteSource {
  const { id, title, organization, licence, modifiedAt, verifiedAt, demo } = dataset;
  const updatedAt = verifiedAt !== null && verifiedAt > modifiedAt ? verifiedAt : modifiedAt;
  return { dataset: id, title, organization: organization.name, licence, updatedAt, demo };
}

/** A dataset that was withdrawn or purged since it was listed is not there. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TerroirError && /^(dataset|version)\./.test(error.code)) return null;
    throw error;
  }
}
