// Rows as a layer of a GeoPackage 1.3 (OGC 12-128r18): an SQLite database with geometries in well-known binary.
import { DatabaseSync } from 'node:sqlite';
import {
  type ByteColumn,
  type ByteRequest,
  type CellValue,
  eachPosition,
  type PlacedRow,
  rowsOf,
} from './byte-format.ts';
import { targetSystem } from './target-system.ts';
import { distinctNames } from './values.ts';

/** "GPKG". */
const applicationId = 0x47504b47;
const version = 10300;
const columnTypes: Readonly<Record<ByteColumn['type'], string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  number: 'REAL',
  text: 'TEXT',
  date: 'DATE',
  datetime: 'DATETIME',
};

const wgs84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]';

const tables = `
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));`;

/** One layer, named by the dataset; a row without a place keeps an empty cell there. */
export async function writeGeoPackage(request: ByteRequest): Promise<void> {
  const db = new DatabaseSync(request.path);
  try {
    // The file is worth nothing before it is whole: it needs no journal.
    db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;
      PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version};`);
    db.exec(`BEGIN; ${tables}`);
    const system = db.prepare('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)');
    system.run('WGS 84 geodetic', 4326, 'EPSG', 4326, wgs84, 'longitude/latitude');
    system.run('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', null);
    system.run('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null);
    const target = targetSystem(request.epsg ?? 4326);
    if (target !== null) system.run(target.name, target.epsg, 'EPSG', target.epsg, target.wkt, null);
    await writeLayer(db, request);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

async function writeLayer(db: DatabaseSync, request: ByteRequest): Promise<void> {
  const { id, title, columns, epsg = 4326 } = request;
  const names = distinctNames(['fid', 'geom', ...columns.map(({ name }) => name)], (name) => name);
  const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`);
  const table = `"${id.replaceAll('"', '""')}"`;
  const typed = columns.map(({ type }, i) => `${quoted[i + 2]} ${columnTypes[type]}`);
  db.exec(
    `CREATE TABLE ${table} (${[`${quoted[0]} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL`, `${quoted[1]} GEOMETRY`, ...typed].join(', ')})`,
  );
  const insert = db.prepare(
    `INSERT INTO ${table} (${quoted.slice(1).join(', ')}) VALUES (${quoted
      .slice(1)
      .map(() => '?')
      .join(', ')})`,
  );
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for await (const some of rowsOf(request))
    for (const row of some)
      insert.run(blobOf(row, epsg, box), ...columns.map(({ type }, i) => stored(type, row.values[i] ?? null)));
  const extent = Number.isFinite(box[0]) ? box : [null, null, null, null];
  db.prepare(
    'INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, min_x, min_y, max_x, max_y, srs_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(id, 'features', title, '1980-01-01T00:00:00.000Z', ...extent, epsg);
  db.prepare("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)").run(id, epsg);
}

type Box = [number, number, number, number];

/** "GP", version 0, its box, then the geometry; the layer's box is widened by it. */
function blobOf({ wkb, place }: PlacedRow, epsg: number, all: Box): Buffer | null {
  if (wkb === null || place === null) return null;
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  eachPosition(place, (lon, lat) => {
    for (const one of [box, all]) {
      one[0] = Math.min(one[0], lon);
      one[1] = Math.min(one[1], lat);
      one[2] = Math.max(one[2], lon);
      one[3] = Math.max(one[3], lat);
    }
  });
  const empty = !Number.isFinite(box[0]);
  const head = Buffer.alloc(empty ? 8 : 40);
  head.write('GP', 0, 'ascii');
  // Little-endian; with a box (2), or empty (16) without.
  head.writeUInt8(empty ? 1 | 16 : 1 | 2, 3);
  head.writeInt32LE(epsg, 4);
  if (!empty) for (const [i, value] of [box[0], box[2], box[1], box[3]].entries()) head.writeDoubleLE(value, 8 + 8 * i);
  return Buffer.concat([head, wkb]);
}

function stored(type: ByteColumn['type'], value: CellValue): string | number | bigint | null {
  if (value === null) return null;
  if (type === 'boolean') return value === true ? 1 : 0;
  if (type === 'integer') return BigInt(String(value));
  if (type === 'number') return Number(value);
  const text = String(value);
  // "2024-02-29T12:30:00+00:00" is written "2024-02-29T12:30:00.000Z" there: milliseconds, no more, no less.
  if (type !== 'datetime') return text;
  return text.replace(/(?:\.(\d+))?\+00:00$/, (_all, part = '') => `.${String(part).slice(0, 3).padEnd(3, '0')}Z`);
}
