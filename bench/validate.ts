// A million grants checked against the national schema, against the npm package tableschema on the same rows in the same run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateGrants } from './generate-grants.ts';
import { openBenchFolder, projectRoot, runCli } from './processes.ts';
import { against, alone, type Measure } from './result.ts';

const rows = 1_000_000;
/** The peer is slow: it is measured on so many rows, and its time multiplied. Its start is not counted. */
const peerRows = 50_000;

export async function validate(): Promise<readonly Measure[]> {
  const folder = await openBenchFolder();
  try {
    const file = join(folder, 'subventions.csv');
    await generateGrants(file, rows);
    const env = { TERROIR_HOME: join(folder, 'home') };
    const ours = await runCli(['validate', file, '--schema', 'scdl-subventions', '--json'], env);
    const answer: unknown = JSON.parse(ours.stdout);
    if (!isValid(answer)) throw new Error(`the generated grants are not valid: ${ours.stdout.slice(0, 500)}`);
    const speed = rows / ours.seconds;
    const peer = await peerSecondsARow(folder);
    return [
      alone('validate-1m', speed, 'rows/s', '≥ 300 000'),
      alone('validate-1m-memory', ours.peakMegabytes, 'MB', '< 1500'),
      ...(peer === null ? [] : [against('validate-against-tableschema', speed, 1 / peer, 'rows/s', 'ratio ≥ 50')]),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isValid(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'valid' in answer && answer.valid === true;
}

/** Seconds that tableschema takes for one row; null, and a line that says so, when it cannot be had. */
async function peerSecondsARow(folder: string): Promise<number | null> {
  const place = join(folder, 'peer');
  const installed = await run('npm', [
    'install',
    '--prefix',
    place,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    'tableschema@1.12.6',
  ]);
  if (installed === null) {
    console.error('tableschema cannot be installed here: the ratio is not measured.');
    return null;
  }
  const file = join(folder, 'slice.csv');
  await generateGrants(file, peerRows);
  await writeFile(join(folder, 'schema.json'), await peerSchema());
  await writeFile(join(place, 'peer.cjs'), peerProgram);
  const out = await run(process.execPath, [join(place, 'peer.cjs'), file, join(folder, 'schema.json')]);
  if (out === null) {
    console.error('tableschema failed: the ratio is not measured.');
    return null;
  }
  return Number(out) / peerRows;
}

/** Our schema, less the optional columns that the file lacks: tableschema refuses a header that is not whole. */
async function peerSchema(): Promise<string> {
  const schema = JSON.parse(await readFile(join(projectRoot, 'reference', 'schemas', 'scdl-subventions.json'), 'utf8'));
  const fields = schema.fields.filter((field: { name: string }) => field.name !== 'dispositifAide');
  return JSON.stringify({ ...schema, fields });
}

/** Streams all rows with their casts and constraints, and prints the seconds. */
const peerProgram = `
const { readFileSync } = require('node:fs');
const { Table } = require('tableschema');
(async () => {
  const schema = JSON.parse(readFileSync(process.argv[3], 'utf8'));
  const started = performance.now();
  const table = await Table.load(process.argv[2], { schema });
  const stream = await table.iter({ stream: true });
  await new Promise((resolve, reject) => stream.on('data', () => {}).on('end', resolve).on('error', reject));
  process.stdout.write(String((performance.now() - started) / 1000));
})().catch((error) => { console.error(error.message); process.exitCode = 1; });
`;

/** The standard output of a program, null when it fails or is not there. */
async function run(program: string, args: readonly string[]): Promise<string | null> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const code = await Promise.race([
    once(child, 'close').then(([status]) => status),
    once(child, 'error').then(() => 1),
  ]);
  return code === 0 ? out : null;
}
