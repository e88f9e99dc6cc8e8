// How right the first proposed mapping is: real files of many producers, against what a person who read them would answer.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseTable } from '../src/data/choose-table.ts';
import { aside, lend } from '../src/data/lent-file.ts';
import { parseFile } from '../src/data/parse/parse.ts';
import { proposeForTable } from '../src/data/propose-mapping.ts';
import { readTableSchema } from '../src/model/schema-reader.ts';
import { openDiskStore } from '../src/stores/files/files.ts';
import { openTableEngine } from '../src/stores/tables/pool.ts';
import { isRight, mappingTable, type Score } from './mapping-table.ts';
import { openBenchFolder, projectRoot } from './processes.ts';
import { alone, type Measure } from './result.ts';

type Case = {
  /** Inside ../shared/data/real. */
  readonly file: string;
  readonly schema: string;
  /** For each column that a field fits: the fields that are right. The others should be left alone. */
  readonly truth: Readonly<Record<string, readonly string[]>>;
};

export async function mapping(): Promise<readonly Measure[]> {
  const cases: readonly Case[] = JSON.parse(await readFile(join(projectRoot, 'bench', 'mapping-truth.json'), 'utf8'));
  const folder = await openBenchFolder();
  const files = await openDiskStore(join(folder, 'files'));
  const tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 600,
    timeoutSeconds: 120,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
  const scores: Score[] = [];
  try {
    for (const { file, schema: name, truth } of cases) {
      const path = join(projectRoot, '..', 'shared', 'data', 'real', file);
      const descriptor: unknown = JSON.parse(
        await readFile(join(projectRoot, 'reference', 'schemas', `${name}.json`), 'utf8'),
      );
      const schema = readTableSchema(descriptor, name);
      const proposal = await aside({ files }, async (scratch) => {
        const lent = await lend(path, scratch);
        const { table } = chooseTable(await parseFile(lent, { scratch, tables }), lent.name);
        return proposeForTable(table, schema);
      });
      const proposed = proposal.mappings.flatMap(({ field, columns, sure: isSure }) =>
        columns.map((column) => ({ column, field, sure: isSure })),
      );
      const columns = Object.entries(truth).map(([column, fields]) => {
        const found = proposed.filter((each) => each.column === column).map((each) => each.field);
        return { column, expected: fields, found };
      });
      const score: Score = {
        file,
        schema: name,
        columns,
        strangers: proposed.filter(({ column }) => truth[column] === undefined),
        sure: proposed.filter((each) => each.sure).length,
        sureWrong: proposed.filter((each) => each.sure && truth[each.column]?.includes(each.field) !== true),
      };
      scores.push(score);
    }
    await writeFile(join(projectRoot, 'docs', 'reference', 'mapping-table.md'), mappingTable(scores));
  } finally {
    await tables.close();
  }
  const sum = (count: (score: Score) => number) => scores.reduce((all, score) => all + count(score), 0);
  const mappable = sum(({ columns }) => columns.length);
  const right = sum(({ columns }) => columns.filter(isRight).length);
  const sure = sum((score) => score.sure);
  const sureWrong = sum((score) => score.sureWrong.length);
  return [
    alone('mapping-files', cases.length, 'files', '≥ 25'),
    alone('mapping-right', (100 * right) / mappable, `% of ${mappable} columns`, '≥ 90'),
    alone('mapping-sure-wrong', (100 * sureWrong) / sure, `% of ${sure} sure`, '≤ 1'),
  ];
}
