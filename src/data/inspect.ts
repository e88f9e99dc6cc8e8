// What a file holds and what to check in it, before anything is kept: the first three stages, told as one answer.
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../model/language.ts';
import { type Problem, problemMessage } from '../model/problem.ts';
import type { InspectedTable, Inspection } from '../model/table.ts';
import type { FileStore } from '../stores/files/files.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { readAside } from './deposit/receive.ts';
import { parseFile } from './parse/parse.ts';
import { placeRows } from './place-rows.ts';
import { concerns, placed } from './places.ts';
import { validateTable } from './validate/validate.ts';

/**
 * Reads a file as a deposit would, and keeps nothing of it.
 * @throws TerroirError file.*, engine.*, disk.full
 */
export async function inspectFile(path: string, tools: { files: FileStore; tables: TableEngine }): Promise<Inspection> {
  const scratch = join(tools.files.scratch, `inspect-${randomUUID()}`);
  await mkdir(scratch, { recursive: true });
  try {
    const { path: local, innerName, ...file } = await readAside(path, scratch);
    const parsed = await parseFile(
      { ...file, path: local, ...(innerName === undefined ? {} : { innerName }) },
      { scratch, tables: tools.tables },
    );
    const tables: InspectedTable[] = [];
    const found: Problem[] = [];
    for (const table of parsed.value.tables) {
      const located = await placeRows(table, scratch);
      const typed = await validateTable(located.value, tools.tables);
      const own = [...located.problems, ...typed.problems].map((each) => placed(each, table));
      found.push(...own);
      const { name, headerRow, rows, emptyRows } = table;
      tables.push({
        name,
        headerRow,
        rows,
        emptyRows,
        ...typed.value,
        problems: [...parsed.problems.filter((each) => concerns(each, table)), ...own],
      });
    }
    const { format, encoding, delimiter } = parsed.value;
    return { file, format, encoding, delimiter, tables, problems: [...parsed.problems, ...found] };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** An inspection as `terroir inspect --json` prints it. */
export function inspectionJson(inspection: Inspection, lang: Language): unknown {
  const { file, format, encoding, delimiter } = inspection;
  return {
    file: { name: file.name, bytes: file.bytes, sha256: file.sha256 },
    format,
    encoding,
    delimiter,
    tables: inspection.tables.map((table) => ({
      name: table.name,
      headerRow: table.headerRow,
      rows: table.rows,
      fields: table.fields.map(({ name, title, type, format, role }) => ({ name, title, type, format, role })),
      geometry: table.geometry,
      problems: table.problems.map((problem) => problemJson(problem, lang)),
    })),
    problems: inspection.problems.map((problem) => problemJson(problem, lang)),
  };
}

function problemJson(problem: Problem, lang: Language): unknown {
  const { code, severity, sheet, cell, row, column, value, expected, proposal } = problem;
  return {
    code,
    severity,
    sheet,
    cell,
    row,
    column,
    value,
    expected,
    proposal,
    message: problemMessage(problem, lang),
  };
}
