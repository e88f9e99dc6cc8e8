// The table of what the mapping bench found: for each file what was right, wrong or missed, then every miss by its name.

/** A column that a field fits: the fields that are right, those that were proposed. */
type Answer = { readonly column: string; readonly expected: readonly string[]; readonly found: readonly string[] };
type Proposed = { readonly column: string; readonly field: string };

export type Score = {
  readonly file: string;
  readonly schema: string;
  readonly columns: readonly Answer[];
  /** Proposals for columns that should be left alone. */
  readonly strangers: readonly (Proposed & { readonly sure: boolean })[];
  readonly sure: number;
  readonly sureWrong: readonly Proposed[];
};

/** Whether something was proposed, and nothing but what is right. */
export function isRight({ expected, found }: Answer): boolean {
  return found.length > 0 && found.every((field) => expected.includes(field));
}

/** @returns the page in Markdown */
export function mappingTable(scores: readonly Score[]): string {
  const rows = scores.map((score) => ({ score, ...countsOf(score) }));
  const sum = (count: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + count(row), 0);
  const columns = sum(({ score }) => score.columns.length);
  const sure = sum(({ score }) => score.sure);
  const sureWrong = sum(({ score }) => score.sureWrong.length);
  return `# The first proposed mapping, file by file

Written by \`npm run bench -- mapping\`: real files of French authorities, each with what a person who read it would answer
(\`bench/mapping-truth.json\`). No other file taught anything to the proposals measured here.

- Right: a column that a field fits, and that was proposed for it.
- Wrong: a column proposed for another field than its own.
- Missed: a column that a field fits, for which nothing was proposed.
- Too many: a column that should be left alone, for which something was proposed.
- Sure and wrong: what would be used before anyone looked, and is wrong or too many.

**${share(
    sum(({ right }) => right),
    columns,
  )} of ${columns} columns right; ${sureWrong} of ${sure} sure proposals wrong (${share(sureWrong, sure)}).**

| File | Schema | Columns | Right | Wrong | Missed | Too many | Sure | Sure and wrong |
|---|---|--:|--:|--:|--:|--:|--:|--:|
${rows
  .map(({ score, right, wrong, missed }) =>
    line([
      score.file,
      score.schema,
      score.columns.length,
      right,
      wrong,
      missed,
      score.strangers.length,
      score.sure,
      score.sureWrong.length,
    ]),
  )
  .join('\n')}

## What was not right

| File | Column | Proposed | Expected | Sure |
|---|---|---|---|---|
${scores.flatMap(missesOf).join('\n')}
`;
}

function countsOf({ columns }: Score): { readonly right: number; readonly wrong: number; readonly missed: number } {
  const right = columns.filter(isRight).length;
  const missed = columns.filter(({ found }) => found.length === 0).length;
  return { right, wrong: columns.length - right - missed, missed };
}

function missesOf({ file, columns, strangers, sureWrong }: Score): readonly string[] {
  const isSure = (column: string) => (sureWrong.some((each) => each.column === column) ? 'yes' : '');
  return [
    ...columns
      .filter((answer) => !isRight(answer))
      .map(({ column, found, expected }) =>
        line([file, column, found.join(', ') || '–', expected.join(' or '), isSure(column)]),
      ),
    ...strangers.map(({ column, field }) => line([file, column, field, 'to be left alone', isSure(column)])),
  ];
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
