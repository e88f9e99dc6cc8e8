// Pure decisions of the MCP room: reading arguments, words that name no dataset, identifiers of resources, filters as ODSQL.
import { TerroirError } from '../../lib/errors.ts';
import { foldText } from '../../lib/text.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** Words that people say to a chat and that no title holds: every word of a search must be found. */
const emptyWords = new Set(
  (
    'donnee donnees data dataset datasets jeu jeux fichier fichiers csv json xlsx excel geojson parquet tableau open opendata ' +
    'ouvert ouverte ouvertes ouverts le la les l un une des du de d et en sur a au aux pour dans par avec the of in on for and'
  ).split(' '),
);

/** A question without the words that name no dataset; as it stands when nothing else is left, or when it is quoted. */
export function searchWords(query: string): string {
  if (/["«“]/.test(query)) return query.trim();
  const words = query.split(/[\s'’]+/).filter((word) => word !== '' && !emptyWords.has(foldText(word)));
  return words.length === 0 ? query.trim() : words.join(' ');
}

/** Models also write numbers as texts, and leave out by null or "". */
function given(args: Arguments, name: string): unknown {
  const value = Object.hasOwn(args, name) ? args[name] : undefined;
  return value === null || value === '' ? undefined : value;
}

/** @throws TerroirError mcp.argument */
export function optionalText(args: Arguments, name: string, mostCharacters = 500): string | null {
  const value = given(args, name);
  if (value === undefined) return null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw wrong(name, value, 'a text');
  const text = String(value).trim();
  if (text.length > mostCharacters) throw wrong(name, text, `at most ${mostCharacters} characters`);
  return text === '' ? null : text;
}

/** @throws TerroirError mcp.argument */
export function neededText(args: Arguments, name: string): string {
  const text = optionalText(args, name);
  if (text === null) throw wrong(name, '', 'a text');
  return text;
}

/** @throws TerroirError mcp.argument */
export function wholeNumber(
  args: Arguments,
  name: string,
  { otherwise, min, max }: { readonly otherwise: number; readonly min: number; readonly max: number },
): number {
  const value = given(args, name);
  if (value === undefined) return otherwise;
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) return number;
  throw wrong(name, value, `${min} … ${max}`);
}

/** @throws TerroirError mcp.argument */
export function oneOf<T extends string>(args: Arguments, name: string, allowed: readonly T[], otherwise: T): T {
  const text = optionalText(args, name) ?? otherwise;
  const found = allowed.find((one) => one === text.toLowerCase());
  if (found === undefined) throw wrong(name, text, allowed.join(', '));
  return found;
}

/** @throws TerroirError mcp.argument when an argument is not one of the tool's */
export function refuseOthers(args: Arguments, known: readonly string[]): void {
  const other = Object.keys(args).find((name) => !known.includes(name));
  if (other !== undefined)
    throw new TerroirError('mcp.argumentUnknown', { name: short(other), known: known.join(', ') });
}

function wrong(name: string, value: unknown, expected: string): TerroirError {
  return new TerroirError('mcp.argument', { name, value: short(value), expected });
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** `arbres.csv` is the file csv of the dataset `arbres`; `arbres` alone is its rows. A dataset's identifier has no point. */
export function readResourceId(id: string): { readonly dataset: string; readonly format: string | null } {
  const point = id.indexOf('.');
  return point === -1 ? { dataset: id, format: null } : { dataset: id.slice(0, point), format: id.slice(point + 1) };
}

export const filterOperators = ['exact', 'contains', 'less', 'greater', 'strictly_less', 'strictly_greater'] as const;
export type FilterOperator = (typeof filterOperators)[number];

const comparisons = { exact: '=', less: '<=', greater: '>=', strictly_less: '<', strictly_greater: '>' } as const;

/** A filter on one column as a condition in ODSQL: the value is always quoted, so that it can only be a value. */
export function filterCondition(column: string, operator: FilterOperator, value: string): string {
  const text = `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
  if (operator !== 'contains') return `${fieldName(column)} ${comparisons[operator]} ${text}`;
  // Signs that would stand for any text are looked for by the words around them.
  return `${fieldName(column)} like "${value.replace(/["\\%*?_]/g, ' ')}"`;
}

/** A column as ODSQL writes its name. */
export function fieldName(column: string): string {
  return `\`${column.replaceAll('`', '')}\``;
}

/** Rows as lines of a table in Markdown; long values are cut, all of them are in the structured answer. */
export function rowsAsText(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const names = Object.keys(first);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) => line(names.map((name) => cell(row[name]))));
  return [line(names), line(names.map(() => '---')), ...body].join('\n');
}

function cell(value: unknown): string {
  const text =
    value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const flat = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return flat.length > 160 ? `${flat.slice(0, 160)}…` : flat;
}
