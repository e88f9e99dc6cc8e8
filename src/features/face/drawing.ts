// Finds, in the catalogue, the boundaries of the territory's communes, and draws them once for every page.
import type { Context } from '../../context.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { listCommunes, searchCatalog } from '../catalog/service.ts';
import { findVersion, queryVersion } from '../explore/service.ts';
import { type Boundary, drawCommunes, ringsOf } from './outline-rules.ts';
import { readDrawing, type StoredDrawing, writeDrawing } from './queries.ts';
import { quoted } from './rules.ts';
import type { TerritoryDrawing } from './schemas.ts';

/** How many datasets that speak of boundaries are looked at. */
const mostLookedAt = 10;
/** A drawing with less than this share of the communes is no drawing of the territory. */
const enough = 0.8;
const pageOfRows = 100;

/** What was read lately, per database: pages show it, a minute later at most they show what changed. */
const memories = new WeakMap<object, { at: number; drawing: Promise<StoredDrawing | null> }>();
const freshForMs = 30_000;

/** The drawing of the territory; null as long as no boundaries were published. */
export async function territoryDrawing(context: Context): Promise<TerritoryDrawing | null> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const now = context.now().getTime();
  const known = memories.get(context.db);
  if (known !== undefined && now - known.at < freshForMs) return known.drawing;
  const drawing = readDrawing(context.db);
  memories.set(context.db, { at: now, drawing });
  drawing.catch(() => memories.delete(context.db));
  return drawing;
}

/**
 * Draws the territory again when its boundaries are published, or were replaced. Boundaries are a dataset with a shape and
 * an INSEE code on each row, whose words say so.
 * @returns whether something was drawn.
 */
export async function drawTerritory(context: Context): Promise<boolean> {
  mustBeAbleTo(context.actor, 'territory.write');
  const communes = await listCommunes(context);
  if (communes.length === 0) return false;
  const { datasets } = await searchCatalog(context, {
    q: 'contours communes',
    selected: {},
    sort: 'relevance',
    page: 1,
    pageSize: mostLookedAt,
  });
  const stored = await readDrawing(context.db);
  for (const dataset of datasets.filter((each) => each.hasGeometry)) {
    if (stored?.dataset.id === dataset.id && stored.modifiedAt.getTime() === dataset.modifiedAt.getTime()) return false;
    const { version, dataset: whole } = await findVersion(context, dataset.id);
    const made = version.geometry?.made?.find((name) => name === 'geo_shape');
    const shape = made ?? version.fields.find((field) => field.type === 'geojson')?.name;
    const code = version.fields.find((field) => field.role === 'inseeCode' && field.type === 'string');
    if (shape === undefined || code === undefined) continue;
    const known = await boundariesOf(context, version, { shape, code: code.name }, communes);
    if (known.length < communes.length * enough) continue;
    const drawing = drawCommunes(known);
    if (drawing === null) continue;
    await writeDrawing(context.db, {
      ...drawing,
      dataset: { id: dataset.id, title: dataset.title },
      source: whole.source,
      version: version.number,
      modifiedAt: dataset.modifiedAt,
    });
    memories.delete(context.db);
    return true;
  }
  return false;
}

async function boundariesOf(
  context: Context,
  version: Parameters<typeof queryVersion>[1],
  columns: { readonly shape: string; readonly code: string },
  communes: readonly { readonly insee: string }[],
): Promise<readonly Boundary[]> {
  const found = new Map<string, Boundary>();
  for (let from = 0; from < communes.length; from += pageOfRows) {
    const codes = communes.slice(from, from + pageOfRows).map(({ insee }) => quoted(insee));
    const { results } = await queryVersion(context, version, {
      select: `\`${columns.code}\`, \`${columns.shape}\``,
      where: `\`${columns.code}\` in (${codes.join(', ')})`,
      limit: pageOfRows * 2,
    });
    for (const row of results) {
      const insee = String(row[columns.code]);
      const rings = [...(found.get(insee)?.rings ?? []), ...ringsOf(row[columns.shape])];
      found.set(insee, { insee, rings });
    }
  }
  return [...found.values()].filter(({ rings }) => rings.length > 0);
}
