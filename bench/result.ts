// What a benchmark answers, how it is printed and where it is kept.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One measure; `ratio` is value / baseline of the same run, `limit` what the project promises of it. */
export type Measure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly limit?: string;
};

/** A measure against something else measured in the same run. */
export function against(name: string, value: number, baseline: number, unit: string, limit?: string): Measure {
  return {
    name,
    value: round(value),
    unit,
    baseline: round(baseline),
    ratio: round(value / baseline),
    ...(limit && { limit }),
  };
}

/** A measure that stands alone: bytes, counts. */
export function alone(name: string, value: number, unit: string, limit?: string): Measure {
  return { name, value: round(value), unit, baseline: null, ratio: null, ...(limit && { limit }) };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

export function printMeasures(measures: readonly Measure[]): void {
  const rows = [
    ['name', 'value', 'unit', 'baseline', 'ratio', 'promised'],
    ...measures.map((m) => [m.name, m.value, m.unit, m.baseline ?? '–', m.ratio ?? '–', m.limit ?? ''].map(String)),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** Writes bench/results/latest.json. */
export async function keepMeasures(measures: readonly Measure[], projectRoot: string): Promise<void> {
  const folder = join(projectRoot, 'bench', 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'latest.json'),
    `${JSON.stringify(
      measures.map(({ limit: _limit, ...m }) => m),
      null,
      2,
    )}\n`,
  );
}
