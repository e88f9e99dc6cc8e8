// The verbs of tiles: one tile of a dataset, and what is kept of them.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { makeTile } from '../../data/tiles/make-tile.ts';
import { type KeptTile, TileCache } from '../../data/tiles/tile-cache.ts';
import { isTile, type Tile } from '../../data/tiles/tile-grid.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { FileStore } from '../../stores/files/files.ts';
import type { Collection } from '../ogc/schemas.ts';
import { openCollection } from '../ogc/service.ts';

const diskBytes = 2 * 1024 ** 3;
const memoryBytes = 32 * 1024 * 1024;

/** One cache per store of files: it lives and dies with it. */
const caches = new WeakMap<FileStore, TileCache>();

function cacheOf(files: FileStore): TileCache {
  const known =
    caches.get(files) ?? new TileCache({ folder: join(files.root, 'tiles'), maxBytes: diskBytes, memoryBytes });
  caches.set(files, known);
  return known;
}

/** A dataset that has a place on the map. */
export type MappedCollection = Collection & { readonly place: NonNullable<Collection['table']['geometry']> };

/** @throws TerroirError dataset.*, version.*, collection.noPlace */
export async function openMapped(context: Context, id: string, version?: number): Promise<MappedCollection> {
  const collection = await openCollection(context, id, version);
  const { geometry } = collection.table;
  if (geometry === null) throw new TerroirError('collection.noPlace', { id });
  return { ...collection, place: geometry };
}

/** The properties that a tile carries: all of them, or those asked for. @throws TerroirError query.parameter */
export function tileProperties({ table }: Collection, asked: string | undefined): readonly string[] {
  const names = table.columns.map(({ name }) => name);
  if (asked === undefined) return names;
  const wanted = asked.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => name !== '' && !names.includes(name));
  if (unknown !== undefined)
    throw new TerroirError('query.parameter', { name: 'properties', reason: unknown.slice(0, 100) });
  return names.filter((name) => wanted.includes(name));
}

/** Names a tile for ever: the same version draws the same bytes. */
export function tileTag(collection: Collection, tile: Tile, properties: readonly string[]): string {
  const { zoom, column, row } = tile;
  return createHash('sha256')
    .update(JSON.stringify([collection.version.key, zoom, column, row, properties]))
    .digest('base64url')
    .slice(0, 27);
}

/**
 * A vector tile, compressed by gzip; no bytes where nothing is.
 * @throws TerroirError tile.unknown, engine.*
 */
export async function readTile(
  context: Context,
  { dataset, version, table, place }: MappedCollection,
  tile: Tile,
  properties: readonly string[],
): Promise<KeptTile> {
  const { zoom, column, row } = tile;
  if (!isTile(tile)) throw new TerroirError('tile.unknown', { tile: `${zoom}/${row}/${column}` });
  const source = { dataPath: table.stored.dataPath, ...place, properties, layer: dataset.id };
  return cacheOf(context.files).get(version.key, JSON.stringify([zoom, column, row, properties]), () =>
    makeTile(source, tile, context.tables),
  );
}

/** Deletes the tiles of a version: it was purged. */
export async function forgetTiles(context: Context, key: string): Promise<void> {
  await cacheOf(context.files).forget(key);
}
