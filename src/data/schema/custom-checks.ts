// The eleven checks that Validata adds to Table Schema, as rules over the engine's columns.
import type { CustomCheck } from '../../model/schema.ts';
import { trimmed } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import { sirenControl, siretControl } from './control-digits.ts';
import { actMatters, isActMatter } from './nomenclature.ts';
import { isOpeningHours } from './opening-hours.ts';
import { repairPhone, repairSiren, repairSiret } from './repairs.ts';
import type { Checked, Rule } from './rule.ts';

type Columns = ReadonlyMap<string, Checked>;
type Build = (check: CustomCheck, columns: Columns) => readonly Rule[];

const none = () => null;

/** The names as the schemas write them, old and new; dashes and underscores are the same. */
const builders: Readonly<Record<string, Build>> = {
  'cohesive-columns-value': cohesive,
  'compare-columns-value': compare,
  'french-gps-coordinates': frenchPosition,
  'french-siren-value': siren,
  siren,
  'french-siret-value': siret,
  siret,
  'nomenclature-actes-value': actMatter,
  'nomenclature-acte': actMatter,
  'opening-hours-value': openingHours,
  'phone-number-value': phone,
  'sum-columns-value': sum,
  'year-interval-value': yearInterval,
  'one-of-required': oneOf,
};

/**
 * @param columns the columns that the file has, by their names in the schema: a check about others is skipped, as Validata does
 */
export function customRules(checks: readonly CustomCheck[], columns: Columns): readonly Rule[] {
  return checks.flatMap((check) => {
    const build = builders[check.name.trim().toLowerCase().replaceAll('_', '-')];
    if (build !== undefined) return build(check, columns);
    const first = [...columns.values()][0];
    if (first === undefined) return [];
    const known = { severity: 'warning' as const, column: first.index, field: check.name };
    return [{ ...known, code: 'check.unknown' as const, breaks: 'FALSE', expected: check.name, repair: none }];
  });
}

function param(check: CustomCheck, name: string): string {
  const value = check.params[name];
  return typeof value === 'string' ? value : '';
}

function names(check: CustomCheck, name: string): readonly string[] {
  const value = check.params[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function columnOf(check: CustomCheck, columns: Columns, name = 'column'): Checked | undefined {
  return columns.get(param(check, name));
}

function at(column: Checked): Pick<Rule, 'severity' | 'column' | 'field'> {
  return { severity: 'error', column: column.index, field: column.field.name };
}

/** A filled cell that has its type and does not pass. */
function unless(column: Checked, passes: string): string {
  return `(CASE WHEN ${column.raw} IS NULL THEN FALSE WHEN ${passes} THEN FALSE ELSE ${column.filled} AND ${column.obeys} END)`;
}

function siret(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const { made, holds } = siretControl(column.raw, String(column.index));
  const breaks = unless(column, holds);
  return [{ ...at(column), code: 'siret.invalid', made, breaks, expected: '21370261600011', repair: repairSiret }];
}

function siren(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const { made, holds } = sirenControl(column.raw, String(column.index));
  const breaks = unless(column, holds);
  return [{ ...at(column), code: 'siren.invalid', made, breaks, expected: '213702616', repair: repairSiren }];
}

/** Nine digits after a zero that people leave out (Validata accepts it); numbers with a country; short numbers. */
const national = '0?[1-9][0-9]{8}';
const abroad = '(?:\\+|00)(?:33[1-9][0-9]{8}|(?:262|508|590|594|596|681|687|689|269)[0-9]{6,9}|[1-9][0-9]{6,14})';
const short = '1[0-9]|11[0-9]|118[0-9]{3}|1[01][0-9]{2}|3[0-9]{3}|116[0-9]{3}';

function phone(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const bare = `regexp_replace(replace(${column.raw}, '(0)', ''), '[ .()/\\x{a0}\\x{202f}\\-]', '', 'g')`;
  const number = quoteLiteral(`(?:${national}|${abroad}|${short})`);
  const passes = `(CASE WHEN regexp_full_match(${column.raw}, ${number}) THEN TRUE ELSE regexp_full_match(${bare}, ${number}) END)`;
  const breaks = unless(column, passes);
  return [{ ...at(column), code: 'phone.invalid', breaks, expected: '+33247216000', repair: repairPhone }];
}

function actMatter(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const judge = (values: readonly string[]) => values.map(isActMatter);
  const expected = `${actMatters[0]}/Délégation de service public`;
  const breaks = `(${column.filled} AND ${column.obeys})`;
  return [{ ...at(column), code: 'act.unknown', breaks, judge, expected, repair: none }];
}

function openingHours(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const judge = (values: readonly string[]) => values.map(isOpeningHours);
  const expected = 'Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00';
  const breaks = `(${column.filled} AND ${column.obeys})`;
  return [{ ...at(column), code: 'hours.invalid', breaks, judge, expected, repair: none }];
}

function yearInterval(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const { raw } = column;
  const year = (start: number) => `TRY_CAST(substr(${raw}, ${start}, 4) AS INTEGER)`;
  const alone = /^(yes|true|1|oui)$/i.test(String(check.params['allow-year-only'] ?? ''));
  const interval = `(regexp_full_match(${raw}, '[0-9]{4}/[0-9]{4}') AND coalesce(${year(6)} > ${year(1)}, FALSE))`;
  const passes = alone ? `(${interval} OR regexp_full_match(${raw}, '[0-9]{4}'))` : interval;
  const expected = alone ? '2024 | 2024/2025' : '2024/2025';
  return [{ ...at(column), code: 'years.invalid', breaks: unless(column, passes), expected, repair: none }];
}

const operators: Readonly<Record<string, string>> = { '<': '<', '<=': '<=', '==': '=', '=': '=', '>=': '>=', '>': '>' };

function compare(check: CustomCheck, columns: Columns): readonly Rule[] {
  const left = columnOf(check, columns);
  const right = columnOf(check, columns, 'column2');
  const operator = operators[param(check, 'op')];
  if (left === undefined || right === undefined || operator === undefined) return [];
  const number = (column: Checked) => `TRY_CAST(${column.raw} AS DOUBLE)`;
  // Numbers are compared as numbers, dates in their ISO writing as texts.
  const holds = `(CASE WHEN ${number(left)} IS NOT NULL AND ${number(right)} IS NOT NULL THEN ${number(left)} ${operator} ${number(right)} ELSE ${trimmed(left.raw)} ${operator} ${trimmed(right.raw)} END)`;
  const breaks = `(CASE WHEN ${bothUsable([left, right])} THEN NOT ${holds} ELSE FALSE END)`;
  const shown = `${left.raw} || ' / ' || ${right.raw}`;
  const expected = `${left.field.name} ${param(check, 'op')} ${right.field.name}`;
  return [{ ...at(left), code: 'columns.compare', breaks, shown, expected, repair: none }];
}

function sum(check: CustomCheck, columns: Columns): readonly Rule[] {
  const total = columnOf(check, columns);
  const parts = names(check, 'columns').map((name) => columns.get(name));
  if (total === undefined || parts.length === 0) return [];
  const present = parts.filter((part) => part !== undefined);
  if (present.length < parts.length) return [];
  const number = (column: Checked) => `TRY_CAST(${column.raw} AS DOUBLE)`;
  const added = present.map(number).join(' + ');
  const off = `abs(${added} - ${number(total)})`;
  const holds = `coalesce(${off} <= 1e-9 * greatest(1, abs(${number(total)})), FALSE)`;
  const breaks = `(CASE WHEN ${bothUsable([total, ...present])} THEN NOT ${holds} ELSE FALSE END)`;
  const shown = `concat_ws(' / ', ${[total, ...present].map((column) => column.raw).join(', ')})`;
  const expected = `${total.field.name} = ${present.map((column) => column.field.name).join(' + ')}`;
  return [{ ...at(total), code: 'columns.sum', breaks, shown, expected, repair: none }];
}

function bothUsable(columns: readonly Checked[]): string {
  return columns.map((column) => `${column.filled} AND coalesce(${column.obeys}, FALSE)`).join(' AND ');
}

function cohesive(check: CustomCheck, columns: Columns): readonly Rule[] {
  const first = columnOf(check, columns);
  const others = names(check, 'othercolumns').map((name) => columns.get(name));
  const all = [first, ...others].filter((column) => column !== undefined);
  const place = all[0];
  if (place === undefined || all.length < 2) return [];
  const count = all.map((column) => `CAST(${column.filled} AS INTEGER)`).join(' + ');
  const breaks = `((${count}) NOT IN (0, ${all.length}))`;
  const shown = `concat_ws(' / ', ${all.map((column) => `coalesce(${column.raw}, '–')`).join(', ')})`;
  const expected = all.map((column) => column.field.name).join(', ');
  return [{ ...at(place), code: 'columns.cohesive', breaks, shown, expected, repair: none }];
}

function oneOf(check: CustomCheck, columns: Columns): readonly Rule[] {
  const wanted = [...names(check, 'column1'), ...names(check, 'column'), ...names(check, 'column2')];
  const all = [...wanted, ...names(check, 'columns'), ...names(check, 'othercolumns')]
    .map((name) => columns.get(name))
    .filter((column) => column !== undefined);
  const place = all[0];
  if (place === undefined) return [];
  const breaks = `(NOT (${all.map((column) => column.filled).join(' OR ')}))`;
  return [{ ...at(place), code: 'columns.oneOf', breaks, expected: wanted.join(' | '), repair: none }];
}

/** West, south, east, north of the lands where France is: boxes a little larger than the coasts. */
export const frenchBoxes = [
  [-5.5, 41.2, 9.8, 51.3],
  [-61.9, 15.7, -60.9, 16.6],
  [-61.3, 14.3, -60.7, 15.0],
  [-54.7, 2.0, -51.5, 5.9],
  [55.1, -21.5, 55.9, -20.8],
  [44.9, -13.1, 45.4, -12.5],
  [-56.6, 46.6, -56.0, 47.2],
  [-63.2, 17.8, -62.7, 18.2],
  [-154.8, -28.0, -134.4, -7.7],
  [163.0, -23.0, 168.4, -17.9],
  [-178.4, -14.5, -176.0, -13.1],
] as const;

function frenchPosition(check: CustomCheck, columns: Columns): readonly Rule[] {
  const column = columnOf(check, columns);
  if (column === undefined) return [];
  const pair = quoteLiteral('\\[?\\s*([+-]?[0-9]+(?:\\.[0-9]+)?)\\s*,\\s*([+-]?[0-9]+(?:\\.[0-9]+)?)\\s*\\]?');
  const part = (group: number) => `TRY_CAST(regexp_extract(${column.raw}, ${pair}, ${group}) AS DOUBLE)`;
  const inside = (lon: string, lat: string) =>
    frenchBoxes
      .map(
        ([west, south, east, north]) => `(${lon} BETWEEN ${west} AND ${east} AND ${lat} BETWEEN ${south} AND ${north})`,
      )
      .join(' OR ');
  const right = `coalesce(${inside(part(1), part(2))}, FALSE)`;
  const swapped = `coalesce(${inside(part(2), part(1))}, FALSE)`;
  const turn = (value: string) => {
    const [, first, second] = /([+-]?\d[\d.]*)\s*,\s*([+-]?\d[\d.]*)/.exec(value) ?? [];
    return first === undefined || second === undefined ? null : { proposal: `[${second}, ${first}]`, kind: 'swap' };
  };
  const known = { ...at(column), expected: '[0.68, 47.39]' };
  return [
    { ...known, code: 'gps.swapped', breaks: unless(column, `(${right} OR NOT ${swapped})`), repair: turn },
    { ...known, code: 'gps.outside', breaks: unless(column, `(${right} OR ${swapped})`), repair: none },
  ];
}
