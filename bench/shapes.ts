// A zipped shapefile of 100 000 polygons in Lambert-93, read, reprojected and written as a clean copy.
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dbfOf, lambert93Prj, type Ring, shpOf } from '../test/shapefile.ts';
import { zipOf } from '../test/zip.ts';
import { openBenchFolder } from './processes.ts';
import { alone, type Measure } from './result.ts';

const polygons = 100_000;
const corners = 24;

export async function shapes(): Promise<readonly Measure[]> {
  const folder = await openBenchFolder();
  try {
    const path = join(folder, 'parcelles.zip');
    await writeFile(path, parcels());
    const reader = join(import.meta.dirname, 'shapes-read.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [reader, path, folder]);
    const { rows, seconds, peakMegabytes } = JSON.parse(stdout) as Record<string, number>;
    if (rows !== polygons) throw new Error(`${rows} ≠ ${polygons}`);
    return [
      alone('shapes-100k', seconds ?? 0, 's', '< 20'),
      alone('shapes-100k-memory', peakMegabytes ?? 0, 'MB', '< 600'),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Round parcels of 24 corners around Tours, with five attributes. */
function parcels(): Buffer {
  const rings: Ring[] = Array.from({ length: polygons }, (_, i) => {
    const [x, y] = [480_000 + (i % 400) * 150, 6_660_000 + Math.floor(i / 400) * 150];
    const ring = Array.from({ length: corners }, (_, k): readonly [number, number] => {
      const angle = (-2 * Math.PI * k) / corners;
      return [x + 60 * Math.cos(angle) + (i % 7) * 0.13, y + 60 * Math.sin(angle)];
    });
    return [...ring, ring[0] as readonly [number, number]];
  });
  const columns = [
    { name: 'IDU', type: 'C', length: 14 },
    { name: 'COMMUNE', type: 'C', length: 40 },
    { name: 'SURFACE', type: 'N', length: 12 },
    { name: 'CREEE_LE', type: 'D', length: 8 },
    { name: 'BATIE', type: 'L', length: 1 },
  ];
  const rows = rings.map((_, i) => [
    `37261000AB${String(i % 10_000).padStart(4, '0')}`,
    'Saint-Cyr-sur-Loire, section à vérifier',
    (i / 4).toFixed(2),
    `2024${String((i % 12) + 1).padStart(2, '0')}15`,
    i % 3 === 0 ? 'T' : 'F',
  ]);
  return zipOf([
    ['parcelles.shp', shpOf(rings.map((ring) => ({ rings: [ring] })))],
    ['parcelles.dbf', dbfOf(columns, rows)],
    ['parcelles.prj', lambert93Prj],
  ]);
}
