// A geometry as a vector tile draws it: points, lines and rings in the tile's units, as the specification turns them.
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { clipLine, clipRing, type Place, rounded, simplify, turning } from './clip.ts';
import { buffer, extent } from './tile-grid.ts';

/** As geojson-vt names them: 1 points, 2 lines, 3 polygons. */
export type TileGeometry =
  | { readonly type: 1; readonly geometry: readonly Place[] }
  | { readonly type: 2; readonly geometry: readonly (readonly Place[])[] }
  | { readonly type: 3; readonly geometry: readonly (readonly Place[])[] };

type Project = (lon: number, lat: number) => Place;

/** What of a geometry is drawn in a tile; a collection gives several. */
export function tileGeometries(
  geometry: GeoJsonGeometry,
  project: Project,
  tolerance: number,
): readonly TileGeometry[] {
  if (!('coordinates' in geometry))
    return geometry.geometries.flatMap((part) => tileGeometries(part, project, tolerance));
  const { type, coordinates } = geometry;
  switch (type) {
    case 'Point':
      return points([coordinates as number[]], project);
    case 'MultiPoint':
      return points(coordinates as number[][], project);
    case 'LineString':
      return lines([coordinates as number[][]], project, tolerance);
    case 'MultiLineString':
      return lines(coordinates as number[][][], project, tolerance);
    case 'Polygon':
      return polygons([coordinates as number[][][]], project, tolerance);
    case 'MultiPolygon':
      return polygons(coordinates as number[][][][], project, tolerance);
    default:
      return [];
  }
}

function points(positions: readonly (readonly number[])[], project: Project): readonly TileGeometry[] {
  const inside = positions.flatMap(([lon, lat]) => {
    if (lon === undefined || lat === undefined) return [];
    const place = project(lon, lat);
    return place.every((at) => at >= -buffer && at <= extent + buffer) ? rounded([place]) : [];
  });
  return inside.length === 0 ? [] : [{ type: 1, geometry: inside }];
}

function projected(line: readonly (readonly number[])[], project: Project): readonly Place[] {
  return line.map(([lon, lat]) => project(lon as number, lat as number));
}

function lines(
  all: readonly (readonly (readonly number[])[])[],
  project: Project,
  tolerance: number,
): readonly TileGeometry[] {
  const parts = all
    .flatMap((line) => clipLine(simplify(projected(line, project), tolerance)))
    .map(rounded)
    .filter((line) => line.length > 1);
  return parts.length === 0 ? [] : [{ type: 2, geometry: parts }];
}

function polygons(
  all: readonly (readonly (readonly (readonly number[])[])[])[],
  project: Project,
  tolerance: number,
): readonly TileGeometry[] {
  const rings = all.flatMap(([outer, ...holes]) => {
    const drawn = outer === undefined ? null : fitRing(outer, project, tolerance, true);
    // Holes of what is not drawn are not drawn.
    if (drawn === null) return [];
    return [drawn, ...holes.map((hole) => fitRing(hole, project, tolerance, false)).filter((ring) => ring !== null)];
  });
  return rings.length === 0 ? [] : [{ type: 3, geometry: rings }];
}

/** A ring in whole units, turned clockwise on the screen when it is outer; null when nothing of it is left to see. */
function fitRing(
  ring: readonly (readonly number[])[],
  project: Project,
  tolerance: number,
  outer: boolean,
): readonly Place[] | null {
  const fitted = rounded(clipRing(simplify(projected(ring, project), tolerance)));
  const area = turning(fitted);
  if (fitted.length < 4 || area === 0) return null;
  return area > 0 === outer ? fitted : fitted.toReversed();
}
