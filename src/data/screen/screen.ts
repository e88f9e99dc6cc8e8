// A stage beside validate: looks for personal data in all rows of a table, and tells it masked, column by column.
import type { Finding } from '../../model/finding.ts';
import { type Problem, type ProblemCode, problem } from '../../model/problem.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { placeOf } from '../source-row.ts';
import type { ParsedTable, Stage } from '../stages.ts';
import { headerWords } from './header-meaning.ts';
import { type Judgement, judge } from './judge.ts';
import { masked } from './preview.ts';
import { sweepTable } from './sweep.ts';

const examplesShown = 3;
const placesShown = 5;

/**
 * Looks for e-mail addresses, phones, NIR, IBAN, birth dates, names, addresses of persons, small cells and the like.
 * @returns findings by column, whose examples are masked: no raw value leaves; a problem for each, to be read by people
 * @throws TerroirError engine.*, disk.full; no cell makes it fail
 */
export async function screenTable(table: ParsedTable, tables: TableEngine): Promise<Stage<readonly Finding[]>> {
  const headers = table.headers.map(({ title }) => headerWords(title));
  const sweeps = await sweepTable(table, headers, tables);
  const value = judge(headers, sweeps, headerWords(table.name)).map((each) => told(each, table));
  return { value, problems: value.map((finding) => problemOf(finding, table)) };
}

function told({ kind, nature, index, cells, share, confidence, texts }: Judgement, table: ParsedTable): Finding {
  const header = table.headers[index];
  const first = texts.toSorted((a, b) => a.record - b.record).slice(0, placesShown);
  return {
    kind,
    nature,
    name: header?.name ?? '',
    column: header?.title ?? '',
    cells,
    share,
    confidence,
    examples: [...new Set(first.map(({ text }) => masked(text)))].slice(0, examplesShown),
    places: first.map(({ record }) => placeOf(table, record, index).cell),
  };
}

/** What the report says of a finding: to be looked at; what becomes of it is decided with the six questions. */
function problemOf(finding: Finding, table: ParsedTable): Problem {
  const code: ProblemCode =
    finding.nature === 'public' ? 'personal.public' : (`personal.${finding.kind}` as const satisfies ProblemCode);
  return problem(code, finding.nature === 'personal' ? 'warning' : 'advice', {
    sheet: table.sheet ?? null,
    column: finding.column || finding.name,
    cell: finding.places[0] ?? null,
    value: finding.examples[0] ?? null,
    count: finding.cells,
  });
}
