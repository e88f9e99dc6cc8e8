// `?commune=37261` on any dataset that tells communes: found by what a column means, not by its name.
import type { Context } from '../../context.ts';
import { foldText } from '../../lib/text.ts';
import type { Field } from '../../model/field.ts';
import { listCommunes } from '../catalog/service.ts';

type Query = Readonly<Record<string, unknown>>;

/** A column that tells the commune of a row, and the values that say the ones asked for. */
export type CommuneFilter = { readonly column: string; readonly values: readonly string[] };

const mostCommunes = 100;
const code = /^(\d{2}|2[AB])\d{3}$/i;
/** Of several codes on a row, the commune that the row is of rather than another that it speaks of. */
const own = [/^communeinsee$/, /^(code_?)?insee(_?com(mune)?)?$/, /^(code_?commune|commune_?insee|code_?com)$/];

/** The columns of communes: their codes, their names; null for what the rows do not tell. */
export function communeColumns(fields: readonly Field[]): { readonly code: Field | null; readonly name: Field | null } {
  const codes = fields.filter(({ role, type }) => role === 'inseeCode' && type === 'string');
  const preferred = own.map((pattern) => codes.find(({ name }) => pattern.test(name))).find((found) => found);
  const name = fields.find(({ role, type }) => role === 'communeName' && type === 'string') ?? null;
  return { code: preferred ?? codes[0] ?? null, name };
}

/**
 * What `commune` in an address asks for: codes or names, repeated or separated by commas.
 * @returns null where nothing is asked, or where no column tells communes
 */
export async function communeFilter(
  context: Context,
  fields: readonly Field[],
  asked: unknown,
): Promise<CommuneFilter | null> {
  const values = (Array.isArray(asked) ? asked : [asked])
    .filter((value) => typeof value === 'string')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .slice(0, mostCommunes);
  const columns = communeColumns(fields);
  if (values.length === 0 || (columns.code === null && columns.name === null)) return null;
  const communes = await listCommunes(context);
  const known = (value: string) =>
    communes.find(({ insee, name }) => insee === value.toUpperCase() || foldText(name) === foldText(value));
  // The code is told by all in the same way.
  const byCode = columns.code !== null && values.every((value) => known(value) !== undefined || code.test(value));
  if (byCode && columns.code !== null)
    return { column: columns.code.name, values: values.map((value) => known(value)?.insee ?? value.toUpperCase()) };
  if (columns.name !== null)
    return { column: columns.name.name, values: values.flatMap((value) => writings(known(value)?.name ?? value)) };
  return columns.code === null ? null : { column: columns.code.name, values };
}

/** A name as files write it: « Joué-lès-Tours », « JOUÉ-LÈS-TOURS », « JOUE-LES-TOURS », « JOUE LES TOURS ». */
function writings(name: string): readonly string[] {
  const plain = foldText(name);
  return [...new Set([name, name.toUpperCase(), plain.toUpperCase(), plain.toUpperCase().replaceAll('-', ' '), plain])];
}

/** The same address with its commune as refinements, which the interfaces of the explorer all know. */
export async function withCommune(context: Context, fields: readonly Field[], query: Query): Promise<Query> {
  const filter = await communeFilter(context, fields, query['commune']);
  if (filter === null) return query;
  const { commune: _commune, refine, ...rest } = query;
  const already = Array.isArray(refine) ? refine : refine === undefined ? [] : [refine];
  return { ...rest, refine: [...already, ...filter.values.map((value) => `${filter.column}:${value}`)] };
}
