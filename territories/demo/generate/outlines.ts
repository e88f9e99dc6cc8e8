// A drawing of the territory made for the demonstration: each commune around its middle, as large as it is, beside its neighbours.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decoupage } from '../decoupage.ts';

/** INSEE code → middle (longitude, latitude, to a hundredth of a degree) and area in km²: figures, not boundaries. */
const middles: Readonly<Record<string, readonly [lon: number, lat: number, area: number]>> = {
  '37018': [0.6, 47.34, 26],
  '37025': [0.52, 47.36, 8],
  '37050': [0.72, 47.33, 19],
  '37054': [0.7, 47.48, 18],
  '37099': [0.53, 47.3, 23],
  '37109': [0.6, 47.41, 32],
  '37122': [0.66, 47.33, 32],
  '37139': [0.54, 47.41, 34],
  '37151': [0.62, 47.44, 7],
  '37152': [0.66, 47.45, 10],
  '37172': [0.71, 47.45, 8],
  '37179': [0.75, 47.45, 14],
  '37195': [0.64, 47.38, 8],
  '37203': [0.76, 47.43, 17],
  '37208': [0.74, 47.36, 13],
  '37214': [0.66, 47.42, 13],
  '37217': [0.5, 47.39, 21],
  '37219': [0.59, 47.37, 5],
  '37233': [0.74, 47.39, 11],
  '37243': [0.56, 47.35, 17],
  '37261': [0.69, 47.4, 34],
  '37272': [0.5, 47.33, 18],
};

type Point = readonly [x: number, y: number];
type Site = { readonly at: Point; readonly weight: number; readonly reach: number };

const kmPerDegree = 111.32;
const latitude = 47.39;
const kmPerLongitude = kmPerDegree * Math.cos((latitude * Math.PI) / 180);
/** How far a commune reaches where it has no neighbour, for a circle of its area. */
const reachFactor = 1.45;
const corners = 40;

export async function writeOutlines(folder: string): Promise<string> {
  const communes = decoupage().territoryCommunes;
  const sites = new Map(communes.map(({ code }) => [code, siteOf(code)] as const));
  const features = communes.map(({ code, name }) => {
    const site = sites.get(code) ?? siteOf(code);
    const others = [...sites].filter(([other]) => other !== code).map(([, other]) => other);
    const ring = cell(site, others).map(([x, y]) => [rounded(x / kmPerLongitude), rounded(y / kmPerDegree)]);
    return {
      type: 'Feature',
      properties: { code_insee: code, nom: name },
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
    };
  });
  const path = join(folder, 'contours-schematiques.geojson');
  await writeFile(path, `${JSON.stringify({ type: 'FeatureCollection', features })}\n`);
  return path;
}

function siteOf(code: string): Site {
  const middle = middles[code];
  if (middle === undefined) throw new Error(`no middle for ${code}`);
  const [lon, lat, area] = middle;
  const radius = Math.sqrt(area / Math.PI);
  return { at: [lon * kmPerLongitude, lat * kmPerDegree], weight: radius ** 2, reach: radius * reachFactor };
}

/** What is nearer to a site than to any other, sizes weighed (a power diagram), within its reach. */
function cell({ at: [cx, cy], weight, reach }: Site, others: readonly Site[]): readonly Point[] {
  let ring: readonly Point[] = Array.from({ length: corners }, (_, index) => {
    const turn = (index / corners) * 2 * Math.PI;
    return [cx + reach * Math.cos(turn), cy + reach * Math.sin(turn)] as const;
  });
  for (const other of others) {
    const [ox, oy] = other.at;
    const [dx, dy] = [ox - cx, oy - cy];
    const limit = (dx * (ox + cx) + dy * (oy + cy) + weight - other.weight) / 2;
    ring = cut(ring, ([x, y]) => limit - (dx * x + dy * y));
  }
  return ring;
}

/** The part of a convex ring on the side where `side` is not negative. */
function cut(ring: readonly Point[], side: (point: Point) => number): readonly Point[] {
  return ring.flatMap((point, index): readonly Point[] => {
    const next = ring[(index + 1) % ring.length] ?? point;
    const [a, b] = [side(point), side(next)];
    const kept = a >= 0 ? [point] : [];
    if (a >= 0 === b >= 0) return kept;
    const share = a / (a - b);
    return [...kept, [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share]];
  });
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(5));
}
