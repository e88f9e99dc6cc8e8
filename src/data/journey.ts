// The way of data, whole: from a file as someone sent it to a version ready to be published. Each line is a stage.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../lib/errors.ts';
import type { Version } from '../model/dataset.ts';
import type { Finding, Treatment } from '../model/finding.ts';
import type { Step } from '../model/step.ts';
import type { FileStore } from '../stores/files/files.ts';
import { readCsvExpression } from '../stores/tables/conversion.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { chooseTable } from './choose-table.ts';
import { type CorrectedTable, type CorrectionRequest, type Corrections, correctTable } from './corrections.ts';
import { receiveFile } from './deposit/receive.ts';
import { harmoniseTable } from './harmonise/projection.ts';
import { parseFile } from './parse/parse.ts';
import { type Glance, readAlong } from './parse/read-along.ts';
import { placed } from './places.ts';
import { mayHoldPersons } from './screen/glimpse.ts';
import { screenTable } from './screen/screen.ts';
import type { DepositedFile, ParsedFile, StoredTable } from './stages.ts';
import { writeSearchFile, writeTable } from './store/write-table.ts';
import { confirmTable } from './validate/confirm.ts';

export type Tools = {
  readonly files: FileStore;
  readonly tables: TableEngine;
  /** A folder of this journey alone; its content is worth nothing once the journey has ended. */
  readonly scratch: string;
};

/** What the journey built: the facts of a version that has no number yet, and the scratch folder that holds its files. */
export type BuiltVersion = Omit<Version, 'number' | 'key' | 'createdAt' | 'restoredFrom' | 'schema' | 'declaredKey'> & {
  readonly folder: string;
  /** What became of each of the producer's steps. */
  readonly corrections: Corrections;
};

export type BuildOptions = {
  /** The producer's fixes, in their order; the original is never touched. */
  readonly steps?: readonly Step[];
  /** What was decided of the columns with personal data: no later stage sees what it hides. */
  readonly treatments?: readonly Treatment[];
  /** Asked once what was found about persons; answers what is done, or throws to stop everything. */
  readonly decide?: (findings: readonly Finding[]) => Promise<readonly Treatment[]>;
  /** The name of the table wanted, in a file that holds several; without it the largest is taken. */
  readonly table?: string;
  /** A PDF, a picture or a text is published as it is, with one row that presents it. */
  readonly document?: boolean;
};

/** A file that was received, and what was learnt of its bytes as they went by. */
export type ReceivedFile = DepositedFile & { readonly glance?: Glance | null };

/**
 * First stage: the original is kept byte for byte before anyone looks inside.
 * @throws TerroirError file.notFound, file.empty, file.archiveUnsafe, disk.full
 */
export async function deposit(path: string, tools: Tools): Promise<ReceivedFile> {
  const along = readAlong();
  // The engine starts while the bytes are read: the next stages find it ready.
  const [file] = await Promise.all([
    receiveFile({ path, scratch: tools.scratch, onBytes: along.see }, tools.files),
    tools.tables.run([]),
  ]);
  return { ...file, glance: along.glance() };
}

/**
 * All the stages after deposit: parse → repair → validate → harmonise → store.
 * @throws TerroirError file.* when the file holds no table at all or not the one asked for, steps.nothingLeft, engine.*, disk.full; bad cells never throw.
 */
export async function buildVersion(
  file: ReceivedFile,
  tools: Tools,
  options: BuildOptions = {},
): Promise<BuiltVersion> {
  const { steps = [], document = false } = options;
  const folder = join(tools.scratch, 'version');
  await mkdir(folder);
  const parsed = await parseFile(file, {
    scratch: tools.scratch,
    glance: file.glance ?? null,
    tables: tools.tables,
    asDocument: document,
  });
  const chosen = chooseTable(parsed, file.name, options.table);
  const given = { ...chosen, steps, treatments: options.treatments ?? [], scratch: tools.scratch, folder };
  const written = await storeWork(given, tools.tables, file.name);
  const decided = options.decide === undefined ? [] : await options.decide(await findPersons(given, written, tools));
  const treated = { ...given, treatments: [...given.treatments, ...decided] };
  const done = decided.length === 0 ? written : await storeWork(treated, tools.tables, file.name);
  const { table, typed, problems, corrections, stored, searchable, made } = done;
  await writeSearchFile(stored, searchable, folder, tools.tables);
  return {
    folder,
    file: { name: file.name, bytes: file.bytes, sha256: file.sha256, ...formatOf(parsed.value) },
    table: parsed.value.tables.length > 1 ? chosen.table.name : null,
    rows: stored.rows,
    profiles: stored.profiles,
    parquetBytes: stored.parquetBytes,
    fields: typed.fields,
    geometry: typed.geometry === null ? null : { ...typed.geometry, made },
    problems: problems.map((each) => placed(each, chosen.table)),
    steps,
    setAsideRows: corrections.setAsideRows,
    corrections,
    firstSourceRow: table.firstSourceRow,
    droppedSourceRows: table.droppedSourceRows,
  };
}

/** Most tables are what their bytes promise; one that is not is looked at value by value, and written again. */
async function storeWork(
  work: Omit<CorrectionRequest, 'trust'>,
  tables: TableEngine,
  name: string,
): Promise<StoredWork> {
  const trusting = await storeTable({ ...work, trust: true }, tables);
  const done = trusting.confirmed ? trusting : await storeTable({ ...work, trust: false }, tables);
  if (!done.confirmed) throw new TerroirError('file.unreadable', { name, reason: 'types' });
  return done;
}

/** What the table holds of persons, as the producer's steps leave it: they rename, remove and rewrite. */
async function findPersons(
  work: Omit<CorrectionRequest, 'trust'>,
  { stored, typed }: StoredWork,
  { scratch, tables }: Tools,
): Promise<readonly Finding[]> {
  const { path, rows } = stored;
  const suspected = await mayHoldPersons({ path, rows, fields: typed.fields, name: work.table.name }, tables);
  if (!suspected) return [];
  if (work.steps.length === 0) return (await screenTable(work.table, tables)).value;
  const aside = join(scratch, 'screened');
  await mkdir(aside);
  const { table } = await correctTable({ ...work, scratch: aside, folder: aside, trust: false }, tables);
  return (await screenTable(table, tables)).value;
}

type StoredWork = CorrectedTable & {
  readonly stored: StoredTable;
  readonly searchable: readonly string[];
  readonly made: readonly string[];
  readonly confirmed: true;
};
/** The trust in the table's bytes was misplaced. */
type Misplaced = { readonly confirmed: false };

/** repair → validate → harmonise → store. */
async function storeTable(work: CorrectionRequest, tables: TableEngine): Promise<StoredWork | Misplaced> {
  const corrected = await correctTable(work, tables);
  const { table, typed, problems } = corrected;
  const { columns, searchable, made, sourceTypes } = harmoniseTable(table, typed);
  const toWrite = { from: readCsvExpression(table.source, sourceTypes), columns, rows: table.source.records };
  if (!('placement' in typed)) {
    const stored = await writeTable(toWrite, work.folder, tables);
    return { ...corrected, stored, searchable, made, confirmed: true };
  }
  // A cell that is not of its type stops the engine: the table is then looked at value by value.
  const stored = await writeTable(toWrite, work.folder, tables).catch(nullIfRefused);
  if (stored === null) return { confirmed: false };
  const done = { ...corrected, stored, searchable, made };
  const proof = await confirmTable(table, typed, stored, tables);
  if (proof === null) return { confirmed: false };
  return { ...done, typed: proof.value, problems: [...problems, ...proof.problems], confirmed: true };
}

function nullIfRefused(error: unknown): null {
  if (error instanceof TerroirError && error.code === 'engine.failed') return null;
  throw error;
}

/** Gives a journey its scratch folder, and takes it away at the end, whatever happened. */
export async function withScratch<T>(
  files: FileStore,
  name: string,
  travel: (scratch: string) => Promise<T>,
): Promise<T> {
  const scratch = join(files.scratch, name);
  await mkdir(scratch, { recursive: true });
  try {
    return await travel(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function formatOf(parsed: ParsedFile): { format: string; encoding: string | null; delimiter: string | null } {
  return { format: parsed.format, encoding: parsed.encoding, delimiter: parsed.delimiter };
}
