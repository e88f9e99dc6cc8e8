// Dataset objects as they are sent: read again from the catalogue, with what the asker may have of their files.
import type { Context } from '../../context.ts';
import { inTimeZone } from '../../data/query/settings.ts';
import type { Dataset } from '../../model/dataset.ts';
import { hidesOriginal } from '../../model/step.ts';
import { getDatasets } from '../catalog/service.ts';
import { openingOf } from '../opening/service.ts';
import { catalogueColumns } from './columns.ts';
import { type DatasetObject, datasetObject } from './dataset-object.ts';
import type { AnswerPart, PlannedRows } from './querying.ts';
import type { CatalogueTable } from './table.ts';

export type ObjectOptions = { readonly publicUrl: string; readonly timezone?: string };

/** A dataset with its object. */
export type Described = { readonly dataset: Dataset; readonly object: DatasetObject };

/** By id, in the order asked; those that are not there any more are left out. */
export async function readObjects(
  context: Context,
  table: CatalogueTable,
  ids: readonly string[],
  options: ObjectOptions,
): Promise<ReadonlyMap<string, Described>> {
  const datasets = await getDatasets(context, ids);
  const described = await Promise.all(datasets.map((dataset) => describe(context, table, dataset, options)));
  return new Map(described.map((one) => [one.dataset.id, one]));
}

export async function describe(
  context: Context,
  { communes }: CatalogueTable,
  dataset: Dataset,
  { publicUrl, timezone = 'UTC' }: ObjectOptions,
): Promise<Described> {
  const original = await isOriginalPublic(context, dataset);
  const object = datasetObject(dataset, { publicUrl, communes, original });
  return { dataset, object: timezone === 'UTC' ? object : inZone(object, timezone) };
}

/** Neither a name nor a size is told of a file that holds what is not published. */
async function isOriginalPublic(context: Context, { id, version }: Dataset): Promise<boolean> {
  if (version === null || hidesOriginal(version.steps)) return false;
  const opening = await openingOf(context, id, version.number);
  return opening === null || opening.treated.length === 0;
}

const moments = catalogueColumns.filter(({ kind }) => kind === 'datetime').map(({ name }) => name.split('.'));

function inZone(object: DatasetObject, timezone: string): DatasetObject {
  const metas: Record<string, Record<string, unknown>> = { ...object.metas };
  for (const [template = '', name = ''] of moments) {
    const said = metas[template]?.[name];
    if (typeof said === 'string') metas[template] = { ...metas[template], [name]: inTimeZone(said, timezone) };
  }
  return { ...object, metas: metas as DatasetObject['metas'] };
}

/** Whether answers need whole objects. */
export function needsObjects(parts: readonly AnswerPart[]): boolean {
  return parts.some(({ kind }) => kind === 'whole' || kind === 'part' || kind === 'pattern');
}

/** What is told of a dataset, or of none of them alone. */
export type NamedAnswer = { readonly id: string | null; readonly answer: Readonly<Record<string, unknown>> };

/** The answers of a page: what the planner found, what the objects say. Who was withdrawn in between is left out. */
export function answersOf(
  { parts, ids, rows }: PlannedRows,
  table: CatalogueTable,
  objects: ReadonlyMap<string, Described>,
): readonly NamedAnswer[] {
  if (parts === null) return rows.map((answer) => ({ id: null, answer }));
  const whole = needsObjects(parts);
  return ids.flatMap((id, i) => {
    const object: Readonly<Record<string, unknown>> | undefined = objects.get(id)?.object;
    if (whole && object === undefined) return [];
    return [{ id, answer: answerOf(parts, object ?? {}, rows[i] ?? {}, table.byId.get(id)?.values ?? {}) }];
  });
}

type Values = Readonly<Record<string, unknown>>;

function answerOf(parts: readonly AnswerPart[], object: Values, row: Values, values: Values): Values {
  const answer: Record<string, unknown> = {};
  const leftOut = parts.filter((part) => part.kind === 'pattern' && !part.keeps);
  // exclude() alone leaves all the others.
  const asked = leftOut.length === parts.length ? [{ kind: 'whole' } as const, ...parts] : parts;
  for (const part of asked) {
    if (part.kind === 'whole') Object.assign(answer, object);
    else if (part.kind === 'part') answer[part.name] = object[part.of] ?? null;
    else if (part.kind === 'several') answer[part.name] = values[part.column] ?? null;
    else if (part.kind === 'value') answer[part.name] = row[part.name] ?? null;
    else if (part.keeps) for (const key of Object.keys(object).filter(part.matches)) answer[key] = object[key];
  }
  for (const part of leftOut)
    if (part.kind === 'pattern') for (const key of Object.keys(answer).filter(part.matches)) delete answer[key];
  return answer;
}
