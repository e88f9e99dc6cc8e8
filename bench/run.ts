// `npm run bench [-- NAME]`: runs the benchmarks whose name begins so, prints a table, writes bench/results/latest.json.
import { ckanSql } from './ckan-sql.ts';
import { exportsOfAMillion } from './exports.ts';
import { fuzz } from './fuzz.ts';
import { ingestLarge, ingestSmall } from './ingest.ts';
import { load } from './load.ts';
import { mapping } from './mapping.ts';
import { projectRoot } from './processes.ts';
import { queries, queriesOfTenMillion } from './queries.ts';
import { records } from './records.ts';
import { keepMeasures, type Measure, printMeasures } from './result.ts';
import { screenLarge } from './screen.ts';
import { shapes } from './shapes.ts';
import { sheets } from './sheets.ts';
import { tiles } from './tiles.ts';
import { validate } from './validate.ts';
import { waste } from './waste.ts';

const benches: Readonly<Record<string, () => Promise<readonly Measure[]>>> = {
  'ingest-100k': ingestSmall,
  records,
  validate,
  mapping,
  'sheet-200k': sheets,
  'ingest-10m': ingestLarge,
  shapes,
  screen: screenLarge,
  'query-1m': queries,
  'query-10m': queriesOfTenMillion,
  export: exportsOfAMillion,
  tiles,
  fuzz,
  'ckan-sql': ckanSql,
  load,
  waste,
};

const wanted = process.argv[2] ?? '';
const chosen = Object.entries(benches).filter(([name]) => name.startsWith(wanted));
if (chosen.length === 0) {
  console.error(`No benchmark begins with "${wanted}". There are: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
}
const measures: Measure[] = [];
for (const [name, bench] of chosen) {
  console.error(`${name} …`);
  measures.push(...(await bench()));
}
if (measures.length > 0) {
  printMeasures(measures);
  await keepMeasures(measures, projectRoot);
}
