// Finds what tells the rows of two versions apart: the key that is declared, else columns that are unique and filled in both.
import type { Field, FieldRole } from '../../model/field.ts';
import type { KeyOfRows } from '../../model/version-diff.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { type ComparedVersion, parquet } from './compared.ts';

/** Roles of columns that name the thing of a row, the surest first. */
const keyRoles: readonly FieldRole[] = ['identifier', 'siret', 'siren', 'rna', 'inseeCode'];
/** Names that people give to identifiers. */
const keyNames =
  /^(id|uid|uuid|identifiant|code|ref|reference|num|numero|matricule|cle|objectid|fid|gid)$|(^|_)(id|uid|identifiant|ref|reference)(_|$)/;
/** Measures and places are unique by chance. */
const noKey: ReadonlySet<string> = new Set(['number', 'geopoint', 'boolean', 'time']);
const noKeyRoles: ReadonlySet<FieldRole> = new Set<FieldRole>([
  'latitude',
  'longitude',
  'latlon',
  'x',
  'y',
  'amount',
  'year',
]);
/** Candidates looked at, and how many of them are tried two by two. */
const mostCandidates = 20;
const mostPaired = 5;
/** A guessed key must be found again in the other version for this share of the smaller one. */
const leastShared = 0.5;

/** The key of two versions, null when nothing tells their rows apart. @throws TerroirError engine.* */
export async function findKey(
  from: ComparedVersion,
  to: ComparedVersion,
  tables: TableEngine,
  declared: readonly string[],
): Promise<KeyOfRows | null> {
  const common = to.fields.filter((b) => from.fields.some((a) => a.name === b.name && a.type === b.type));
  const wanted = declared.map((name) => common.find((field) => field.name === name));
  if (wanted.length > 0 && wanted.every((field) => field !== undefined)) {
    if (await isKey(wanted, from, to, tables, 0)) return keyOf(wanted, 'declared');
  }
  const candidates = common
    .filter((field) => !noKey.has(field.type) && !(field.role !== null && noKeyRoles.has(field.role)))
    .map((field, index) => ({ field, rank: rankOf(field) * 1000 + index }))
    // A whole number that nothing calls an identifier is a count.
    .filter(({ field, rank }) => field.type !== 'integer' || rank < 20_000)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostCandidates)
    .map(({ field }) => field);
  for (const field of candidates)
    if (await isKey([field], from, to, tables, leastShared)) return keyOf([field], 'guessed');
  const some = candidates.slice(0, mostPaired);
  for (const [index, a] of some.entries())
    for (const b of some.slice(index + 1))
      if (await isKey([a, b], from, to, tables, leastShared)) return keyOf([a, b], 'guessed');
  return null;
}

function rankOf({ name, role }: Field): number {
  const place = role === null ? -1 : keyRoles.indexOf(role);
  return place !== -1 ? place : keyNames.test(name) ? 10 : 20;
}

function keyOf(fields: readonly Field[], source: KeyOfRows['source']): KeyOfRows {
  return { columns: fields.map((field) => field.name), titles: fields.map((field) => field.title), source };
}

/** Whether columns are filled and unique in both versions, and a share of their values is in both. */
async function isKey(
  fields: readonly Field[],
  from: ComparedVersion,
  to: ComparedVersion,
  tables: TableEngine,
  share: number,
): Promise<boolean> {
  const names = fields.map((field) => quoteIdentifier(field.name));
  const value = names.length === 1 ? names[0] : `(${names.join(', ')})`;
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  // An estimate first: most columns are far from unique, and counting exactly is dear.
  const looks = (path: string) => ({
    sql: `SELECT count_if(NOT (${filled})), approx_count_distinct(${value}), count(*) FROM ${parquet(path)}`,
  });
  const estimates = await tables.run([looks(from.dataPath), looks(to.dataPath)]);
  for (const estimate of estimates) {
    const [empty = 0, distinct = 0, rows = 0] = (estimate.rows[0] ?? []).map(Number);
    if (empty > 0 || distinct < rows * 0.8) return false;
  }
  const exact = (path: string) => ({ sql: `SELECT count(DISTINCT ${value}) FROM ${parquet(path)}` });
  const shared = {
    sql: `SELECT count(*) FROM (SELECT ${names.join(', ')} FROM ${parquet(from.dataPath)} INTERSECT SELECT ${names.join(', ')} FROM ${parquet(to.dataPath)})`,
  };
  const [a, b, both] = await tables.run([exact(from.dataPath), exact(to.dataPath), shared]);
  const count = (rows: typeof a) => Number(rows?.rows[0]?.[0] ?? -1);
  return count(a) === from.rows && count(b) === to.rows && count(both) >= share * Math.min(from.rows, to.rows);
}
