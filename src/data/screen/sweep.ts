// Asks the engine about every cell of a table: one pass counts the forms of personal data, a second one gathers what has them.

import { rawColumn, readCsvExpression } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable } from '../stages.ts';
import { says } from './header-meaning.ts';
import {
  anyPlatePattern,
  civilityShape,
  datePattern,
  emailPattern,
  ibanPattern,
  ipPattern,
  lettersPattern,
  mangledPhonePattern,
  manyDigits,
  nameShape,
  nirPattern,
  phonePattern,
  platePattern,
} from './patterns.ts';
import { firstNames } from './person-names.ts';

/** The forms that the engine looks for; what a form means is judged afterwards, on the texts gathered. */
export const forms = ['email', 'phone', 'nir', 'iban', 'plate', 'ip', 'name', 'word', 'date', 'age', 'count'] as const;
export type Form = (typeof forms)[number];

/** One text found, in how many cells, and the first record that holds it (1 = first). */
export type FoundText = { readonly text: string; readonly cells: number; readonly record: number };

export type ColumnSweep = {
  readonly index: number;
  readonly filled: number;
  /** Cells of each form, over all rows. */
  readonly cells: Partial<Record<Form, number>>;
  /** The texts of each form, the most frequent first: all of them, or the first `textsKept`. */
  readonly texts: Partial<Record<Form, readonly FoundText[]>>;
};

/** Different texts that are judged one by one; beyond, the share of those judged stands for all. */
export const textsKept = 3000;
const columnsAPass = 40;
const sampleRead = 1000;

/**
 * Sweeps all rows. @param headers what each column's header says (as headerWords makes it)
 * @throws TerroirError engine.*, disk.full; no cell makes it fail
 */
export async function sweepTable(
  table: ParsedTable,
  headers: readonly string[],
  tables: TableEngine,
): Promise<readonly ColumnSweep[]> {
  return sweepColumns(readCsvExpression(table.source), headers, table.sample.slice(0, sampleRead), tables);
}

/** The same for any rows in SQL, their columns named as `rawColumn` names them. @param sample some of the rows, as texts */
export async function sweepColumns(
  from: string,
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  tables: TableEngine,
): Promise<readonly ColumnSweep[]> {
  const swept: ColumnSweep[] = [];
  for (let start = 0; start < headers.length; start += columnsAPass) {
    const columns = headers.slice(start, start + columnsAPass).map((header, offset) =>
      columnOf(
        start + offset,
        header,
        sample.map((record) => record[start + offset] ?? ''),
      ),
    );
    swept.push(...(await sweepPass(from, columns, tables)));
  }
  return swept;
}

/** A form to look for in a column: a cheap sign that some cell may have it, and what is kept of a cell that has it (else NULL). */
type Probe = { readonly form: Form; readonly sign: string; readonly kept: string };
type Column = { readonly index: number; readonly probes: readonly Probe[] };
type Wanted = { readonly index: number; readonly probe: Probe };

async function sweepPass(
  from: string,
  columns: readonly Column[],
  tables: TableEngine,
): Promise<readonly ColumnSweep[]> {
  const counted = columns.flatMap(({ index, probes }) => [
    `count(${rawColumn(index)})`,
    ...probes.map(({ sign }) => `count(*) FILTER (WHERE ${sign})`),
  ]);
  const made = columns.map(({ index }) => {
    const column = rawColumn(index);
    const worth = `strlen(${column}) >= 9 AND regexp_matches(${column}, ${quoteLiteral(manyDigits)})`;
    return `${column}, CASE WHEN ${worth} THEN ${column} END AS ${digits(index)}`;
  });
  const [counts] = await tables.run([
    { sql: `SELECT ${counted.join(', ')} FROM (SELECT ${made.join(', ')} FROM ${from})` },
  ]);
  const numbers = (counts?.rows[0] ?? []).map(Number);
  let at = 0;
  const found = columns.map(({ index, probes }) => ({
    index,
    filled: numbers[at++] ?? 0,
    present: probes.filter(() => (numbers[at++] ?? 0) > 0),
  }));
  const wanted = found.flatMap(({ index, present }) => present.map((probe) => ({ index, probe })));
  const gathered = await gather(from, wanted, tables);
  return found.map(({ index, filled, present }) => {
    const cells: Partial<Record<Form, number>> = {};
    const texts: Partial<Record<Form, readonly FoundText[]>> = {};
    for (const { form } of present) {
      const list = gathered.get(`${index} ${form}`);
      if (list === undefined || list.cells === 0) continue;
      cells[form] = list.cells;
      texts[form] = list.texts;
    }
    return { index, filled, cells, texts };
  });
}

type Gathered = { readonly cells: number; readonly texts: readonly FoundText[] };

/**
 * The texts of each form, with their number and their first record. What is found is held in a table whose rows are those
 * of the source, in order: its row number is the record's, and the source is read by all threads at once.
 */
async function gather(
  from: string,
  wanted: readonly Wanted[],
  tables: TableEngine,
): Promise<ReadonlyMap<string, Gathered>> {
  if (wanted.length === 0) return new Map();
  const held = quoteIdentifier(`swept ${process.pid} ${sweeps++}`);
  const needed = [...new Set(wanted.map(({ index }) => index))];
  const read = needed.flatMap((index) => [rawColumn(index), `${rawColumn(index)} AS ${digits(index)}`]);
  const kept = wanted.map(({ probe }, place) => `${probe.kept} AS k${place}`);
  const answers = await tables.run([
    { sql: `CREATE TEMP TABLE ${held} AS SELECT ${kept.join(', ')} FROM (SELECT ${read.join(', ')} FROM ${from})` },
    ...wanted.map(({ probe }, place) => {
      const texts = `SELECT k${place} AS text, count(*) AS cells, min(rowid) + 1 AS record FROM ${held} WHERE k${place} IS NOT NULL GROUP BY 1`;
      const judged = probe.form === 'name' ? withFirstNames(texts) : texts;
      return {
        sql: `SELECT text, cells, record, sum(cells) OVER () FROM (${judged}) ORDER BY cells DESC, record LIMIT ${textsKept}`,
      };
    }),
    { sql: `DROP TABLE ${held}` },
  ]);
  return new Map(
    wanted.map(({ index, probe }, place) => {
      const rows = answers[place + 1]?.rows ?? [];
      const texts = rows.map(([text, cells, record]) => ({
        text: String(text),
        cells: Number(cells),
        record: Number(record),
      }));
      return [`${index} ${probe.form}`, { cells: Number(rows[0]?.[3] ?? 0), texts }];
    }),
  );
}

let sweeps = 0;

/** The raw text where it holds enough digits to be a phone, a NIR or an account; NULL elsewhere. */
function digits(index: number): string {
  return quoteIdentifier(`d${index}`);
}

/** Of the shape of a name: neither a number nor a code, which begin with a digit. */
function nameTest(index: number): string {
  const column = rawColumn(index);
  return `(${column} >= 'A' OR ${column} < '!') AND strlen(${column}) BETWEEN 5 AND 80 AND contains(${column}, ' ') AND ${matches(column, nameShape)}`;
}

/**
 * Those of the texts whose first or last word is a first name, or that a civility begins. Words are looked for in a list by
 * a join: an expression with twelve hundred names is a hundred times slower.
 */
function withFirstNames(texts: string): string {
  const folded = `SELECT *, replace(lower(strip_accents(trim(text))), '-', ' ') AS folded FROM (${texts})`;
  const ends = `SELECT *, left(folded, instr(folded, ' ') - 1) AS head, reverse(folded) AS backwards FROM (${folded})`;
  const tail = `left(backwards, instr(backwards, ' ') - 1)`;
  return `SELECT text, cells, record FROM (${ends}) WHERE head IN ${listed([...firstNames])} OR ${tail} IN ${listed(firstNamesBackwards)} OR ${matches('text', civilityShape)}`;
}

const firstNamesBackwards = [...firstNames].map((name) => [...name].toReversed().join(''));

function listed(words: readonly string[]): string {
  return `(SELECT unnest([${words.map(quoteLiteral).join(', ')}]))`;
}

function matches(text: string, pattern: string): string {
  return `regexp_matches(${text}, ${quoteLiteral(pattern)})`;
}

/** What is looked for in a column: always what a cell alone can tell, the rest where its header or its sample announce it. */
function columnOf(index: number, header: string, sample: readonly string[]): Column {
  const column = rawColumn(index);
  const probes: Probe[] = [];
  const probe = (form: Form, sign: string, kept: string) =>
    probes.push({ form, sign, kept: `CASE WHEN ${sign} THEN ${kept} END` });
  const part = (pattern: string, group: number) =>
    `nullif(regexp_extract(${column}, ${quoteLiteral(pattern)}, ${group}), '')`;
  const whole = (form: Form, longest: number, pattern: string) =>
    probe(form, `strlen(${column}) <= ${longest} AND ${matches(column, pattern)}`, `trim(${column})`);

  probe('email', `contains(${column}, '@')`, part(emailPattern, 0));
  probe('nir', matches(digits(index), nirPattern), part(nirPattern, 1));
  probe('iban', matches(digits(index), ibanPattern), part(ibanPattern, 1));
  probe('name', nameTest(index), `trim(${column})`);
  if (says.phone(header))
    probe('phone', `strlen(${column}) >= 9`, `coalesce(${part(phonePattern, 1)}, ${part(mangledPhonePattern, 1)})`);
  else probe('phone', matches(digits(index), phonePattern), part(phonePattern, 1));
  // Outside of a column that says so, most of the cells must be plates or addresses: the sample shows whether they may be.
  if (says.plate(header)) whole('plate', 14, anyPlatePattern);
  else if (often(sample, platePattern)) whole('plate', 14, platePattern);
  if (says.ip(header) || often(sample, ipPattern)) whole('ip', 45, ipPattern);
  if (says.firstName(header) || says.lastName(header)) whole('word', 60, lettersPattern);
  if (says.birthDate(header)) whole('date', 30, datePattern);
  if (says.age(header)) whole('age', 8, '^\\s*(?:\\d|[1-9]\\d|10\\d|110)(?: ans)?\\s*$');
  if (says.count(header)) whole('count', 6, '^\\s*(?:[1-9]|10)(?:[.,]0+)?\\s*$');
  return { index, probes };
}

/** Whether a tenth of the sample's cells obey. */
function often(sample: readonly string[], pattern: string): boolean {
  const obeys = new RegExp(pattern, 'u');
  const filled = sample.filter((cell) => cell !== '');
  return filled.length > 0 && filled.filter((cell) => obeys.test(cell)).length >= filled.length / 10;
}
