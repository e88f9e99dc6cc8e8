// Pure decisions about duplicates: which columns tell that two rows are the same thing, which rows leave once that is decided.
import { foldedWords } from '../../lib/text.ts';
import type { SchemaField, TableSchema } from '../../model/schema.ts';
import type { DuplicatePair } from './schemas.ts';

/** Pairs looked at: more would be no queue for a person. */
export const mostPairs = 5000;
/** Metres within which two things of like names are perhaps one; without names, only what lies nearly on the same spot. */
export const nearMetres = 20;
export const nearWithoutName = 2;

export type DuplicateColumns = {
  readonly lat: string | null;
  readonly lon: string | null;
  readonly name: string | null;
  readonly siret: string | null;
  /** The identifier of an address in the national base (BAN). */
  readonly address: string | null;
};

/** The columns of a schema that tell whether two rows are the same thing, by their names. */
export function duplicateColumns({ fields }: TableSchema): DuplicateColumns {
  const find = (...patterns: readonly RegExp[]) =>
    patterns.map((pattern) => fields.find((field) => pattern.test(folded(field)))).find((found) => found)?.name ?? null;
  return {
    lat: find(/^(latitude|lat|ylat|.*_lat|lat_coor1|y_lat)$/),
    lon: find(/^(longitude|lon|long|lng|xlong|.*_(long|lon)|long_coor1|x_long)$/),
    name: find(/^(nom|name|libelle|intitule|denomination)$/, /^(nom|name|libelle)_/, /_(nom|name|libelle)$/),
    siret: find(/^(num_|numero_|n_)?siret$/, /^siret_(lieu|etablissement|site)$/),
    address: find(/(^|_)(id_ban(_adresse)?|ban_id|cle_interop(_adr)?|identifiant_ban)$/),
  };
}

function folded({ name }: SchemaField): string {
  return foldedWords(name, '_');
}

type Decided = Pick<DuplicatePair, 'leftKey' | 'rightKey' | 'verdict' | 'winner' | 'present'>;

/**
 * The rows that leave: of each thing that several rows are said to be, one stays, whatever the order and the contradictions
 * of the decisions. A pair whose other row is gone takes nothing away.
 */
export function losersOf(pairs: readonly Decided[]): readonly string[] {
  const same = pairs.filter(({ verdict, winner, present }) => verdict === 'same' && winner !== null && present);
  const groups = new Map<string, Set<string>>();
  for (const { leftKey, rightKey } of same) {
    const all = new Set([...(groups.get(leftKey) ?? [leftKey]), ...(groups.get(rightKey) ?? [rightKey])]);
    for (const key of all) groups.set(key, all);
  }
  const lost = new Set(same.map(({ leftKey, rightKey, winner }) => (winner === 'left' ? rightKey : leftKey)));
  const losers: string[] = [];
  for (const group of new Set(groups.values())) {
    const stays = [...group].find((key) => !lost.has(key)) ?? [...group].toSorted()[0];
    losers.push(...[...group].filter((key) => key !== stays));
  }
  return losers.toSorted();
}
