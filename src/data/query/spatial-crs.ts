// The reference systems that places are asked for and answered in; they are stored in WGS84, longitude first.
import proj4 from 'proj4';
import { TerroirError } from '../../lib/errors.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import type { Cql2 } from './cql2-tree.ts';

export type Crs = {
  readonly uri: string;
  /** Whether the authority writes the latitude, or the northing, first. */
  readonly turned: boolean;
  /** proj4's words; null for degrees of WGS84. */
  readonly definition: string | null;
  /** Whether a box of this system is a box of degrees. */
  readonly straight: boolean;
};

const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

export const crs84: Crs = {
  uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  turned: false,
  definition: null,
  straight: true,
};

/** Longitude first, latitude first, web maps, metropolitan France. */
export const crsList: readonly Crs[] = [
  crs84,
  { uri: epsg(4326), turned: true, definition: null, straight: true },
  {
    uri: epsg(3857),
    turned: false,
    definition:
      '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
    straight: true,
  },
  {
    uri: epsg(2154),
    turned: false,
    definition:
      '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +towgs84=0,0,0 +units=m +no_defs',
    straight: false,
  },
];

/** A system by its URI, or by a safe CURIE of it ([EPSG:2154], EPSG:2154). @throws TerroirError query.parameter */
export function crsOf(text: string | undefined, parameter: string): Crs {
  if (text === undefined) return crs84;
  const short = /^\[?(EPSG|OGC):(\w+)\]?$/.exec(text);
  const found = crsList.find(({ uri }) =>
    short === null ? uri === text : uri.includes(`/${short[1]}/`) && uri.endsWith(`/${short[2]}`),
  );
  if (found === undefined)
    throw new TerroirError('query.parameter', { name: parameter, reason: crsList.map(({ uri }) => uri).join(', ') });
  return found;
}

type Move = (position: readonly number[]) => readonly number[];

const converters = new Map<string, proj4.Converter>();

function converterOf(definition: string): proj4.Converter {
  const known = converters.get(definition) ?? proj4('WGS84', definition);
  converters.set(definition, known);
  return known;
}

/** From stored degrees to the system, axes as its authority orders them; null where nothing changes. Metres keep millimetres. */
export function fromDegrees({ definition, turned }: Crs): Move | null {
  if (definition === null) return turned ? ([x, y]) => [y as number, x as number] : null;
  const converter = converterOf(definition);
  return ([x, y]) => {
    // The poles are infinitely far on a web map.
    const [east, north] = converter.forward([x as number, Math.max(-89.9999, Math.min(89.9999, y as number))]);
    // Adding zero leaves no minus before a zero.
    return [Math.round(east * 1000) / 1000 + 0, Math.round(north * 1000) / 1000 + 0];
  };
}

function toDegrees({ definition, turned }: Crs): Move | null {
  if (definition === null) return turned ? ([y, x]) => [x as number, y as number] : null;
  const converter = converterOf(definition);
  return ([x, y]) => {
    const degrees = converter.inverse([x as number, y as number]);
    if (!degrees.every(Number.isFinite))
      throw new TerroirError('query.parameter', { name: 'crs', reason: `${String(x)}, ${String(y)}` });
    return degrees;
  };
}

/** The geometry with every position moved. */
export function moved(geometry: GeoJsonGeometry, move: Move): GeoJsonGeometry {
  if (!('coordinates' in geometry))
    return { ...geometry, geometries: geometry.geometries.map((part) => moved(part, move)) };
  const each = (value: unknown): unknown => {
    if (!Array.isArray(value) || value.length === 0) return value;
    return typeof value[0] === 'number' ? move(value as number[]) : value.map(each);
  };
  return { ...geometry, coordinates: each(geometry.coordinates) };
}

/** How many parts a side is cut into before it is bent from one system to another. */
const sideParts = 16;

/** The geometry in stored degrees, its straight sides bent where the system's are not straight there. */
export function inDegrees(geometry: GeoJsonGeometry, crs: Crs): GeoJsonGeometry {
  const move = toDegrees(crs);
  if (move === null) return geometry;
  return moved(crs.straight ? geometry : cutSides(geometry), move);
}

function cutSides(geometry: GeoJsonGeometry): GeoJsonGeometry {
  if (!('coordinates' in geometry)) return { ...geometry, geometries: geometry.geometries.map(cutSides) };
  if (!/Line|Polygon/.test(geometry.type)) return geometry;
  const each = (value: unknown): unknown => {
    if (!Array.isArray(value) || value.length === 0 || !Array.isArray(value[0])) return value;
    return typeof value[0][0] === 'number' ? cutLine(value as number[][]) : value.map(each);
  };
  return { ...geometry, coordinates: each(geometry.coordinates) };
}

function cutLine(line: readonly (readonly number[])[]): readonly (readonly number[])[] {
  // A long line is already cut.
  if (line.length > 1000) return line;
  return line.flatMap((b, i) => {
    const a = line[i - 1];
    if (a === undefined) return [b];
    return Array.from({ length: sideParts }, (_, k) => {
      const t = (k + 1) / sideParts;
      return k + 1 === sideParts
        ? b
        : [0, 1].map((axis) => (a[axis] as number) + ((b[axis] as number) - (a[axis] as number)) * t);
    });
  });
}

/** The filter with its geometries in stored degrees. */
export function filterInDegrees(filter: Cql2, crs: Crs): Cql2 {
  if (crs === crs84) return filter;
  const each = (node: Cql2): Cql2 => {
    switch (node.kind) {
      case 'and':
      case 'or':
        return { ...node, items: node.items.map(each) };
      case 'array':
        return { ...node, items: node.items.map(each) };
      case 'not':
      case 'isNull':
        return { ...node, of: each(node.of) };
      case 'in':
        return { ...node, of: each(node.of), values: node.values.map(each) };
      case 'between':
        return { ...node, of: each(node.of), low: each(node.low), high: each(node.high) };
      case 'compare':
      case 'arrays':
      case 'spatial':
        return { ...node, left: each(node.left), right: each(node.right) };
      case 'geometry':
        return { ...node, geometry: inDegrees(node.geometry, crs) };
      default:
        return node;
    }
  };
  return each(filter);
}
