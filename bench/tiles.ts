// Vector tiles of a million points, each asked for the first time, then again.
import { percentile, timed, withPublished } from './published.ts';
import { alone, type Measure } from './result.ts';

/** West, south, east and north of the generated places, in degrees. */
const box = [0.5, 47.2, 0.9, 47.5] as const;

/** Some tiles of each zoom, spread over the box: row and column of WebMercatorQuad. */
function tilesOf(zoom: number, count: number): readonly string[] {
  const size = 2 ** zoom;
  const column = (lon: number) => Math.floor(((lon + 180) / 360) * size);
  const row = (lat: number) => {
    const radians = (lat * Math.PI) / 180;
    return Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * size);
  };
  const [west, south, east, north] = box;
  const tiles = Array.from({ length: count }, (_, i) => {
    const [x, y] = [(i * 0.618) % 1, (i * 0.414) % 1];
    return `${zoom}/${row(south + (north - south) * y)}/${column(west + (east - west) * x)}`;
  });
  return [...new Set(tiles)];
}

export function tiles(): Promise<readonly Measure[]> {
  return withPublished({ rows: 1_000_000, port: 3973 }, async ({ url }) => {
    const wanted = [6, 8, 9, 10, 11, 12, 13, 14, 15].flatMap((zoom) => tilesOf(zoom, 12));
    const address = (tile: string) => `${url}/ogc/collections/banc/tiles/WebMercatorQuad/${tile}`;
    await timed(`${url}/ogc/collections/banc/tiles/WebMercatorQuad/tilejson`);
    const cold: number[] = [];
    for (const tile of wanted) cold.push(await timed(address(tile)));
    const warm: number[] = [];
    for (const tile of wanted) warm.push(await timed(address(tile)));
    const sorted = (times: readonly number[]) => times.toSorted((a, b) => a - b);
    return [
      alone('tile-cold-p95', percentile(sorted(cold), 0.95), 'ms', '≤ 250'),
      alone('tile-cached-p95', percentile(sorted(warm), 0.95), 'ms', '≤ 5'),
    ];
  });
}
