// Finds the columns of a table that say where its rows are, when the engine cannot read them as they stand: metres, degrees,
// minutes and seconds, both numbers in one text, WKT, GeoJSON, latitude and longitude that changed places.
import { headerWords } from '../../../lib/header-words.ts';
import { parseValue } from '../json/values.ts';
import { readAngle, readPlace } from './coordinates.ts';
import { type Crs, crsOfEpsg, type ToDegrees, toDegrees, wgs84 } from './crs.ts';
import { guessCrs, inFrance } from './guess-crs.ts';
import { gatherCoordinates, type PlacedShape, placeShape } from './shape.ts';
import { looksLikeWkt, readWkt } from './wkt.ts';

export type FoundPlaces = {
  /** The columns read, in the order in which they are told. */
  readonly columns: readonly number[];
  readonly crs: Crs;
  /** How they are written: what is told to the producer. */
  readonly writing: 'metres' | 'angles' | 'shapes' | 'text';
  /** Latitude stood where longitude is expected. */
  readonly swapped: boolean;
  /** The place of a row; null when its cells are empty, a fault when they cannot be read. */
  read(cells: readonly string[]): PlacedShape | null;
};

/** Columns of metres whose system is not recognised. */
export type UnknownPlaces = { readonly columns: readonly [number, number]; readonly crs: null };

const latitudeWord = /^[xy]?lat$|latitude$/;
const longitudeWord = /^[xy]?(lon|lng|long)$|longitude$/;
const xWord = /^(x|coordx|xcoord|coordonneex|easting)$/;
const yWord = /^(y|coordy|ycoord|coordonneey|northing)$/;
const placeWord =
  /^(geom|geometrie|geometry|geo|shape|wkt|coord|coords|coordonnees?|coordinates?|point|latlon|latlong|latlng|lonlat|position|gps|xy|localisation|geolocalisation|location)$/;
/** « 47.39,0.68 », « [0.68, 47.39] »: the engine reads them as they stand. */
const plainPoint = /^\s*\[?\s*[-+]?\d{1,3}(\.\d+)?\s*,\s*[-+]?\d{1,3}(\.\d+)?\s*\]?\s*$/;
/** Strays do not hide what the others say. */
const enough = 0.9;
const looked = 1000;

export function findPlaces(
  titles: readonly string[],
  sample: readonly (readonly string[])[],
): FoundPlaces | UnknownPlaces | null {
  const rows = sample.slice(0, looked);
  const words = titles.map(headerWords);
  const named = (sign: RegExp) => words.flatMap((each, index) => (each.some((word) => sign.test(word)) ? [index] : []));
  let unknown: UnknownPlaces | null = null;
  for (const [xSign, ySign] of [
    [longitudeWord, latitudeWord],
    [xWord, yWord],
  ] as const)
    for (const [x, y] of pairs(named(xSign), named(ySign))) {
      const found = ofPair(rows, x, y);
      if (found === 'plain') return null;
      if (found === 'unknown') unknown ??= { columns: [x, y], crs: null };
      else if (found !== null) return found;
    }
  for (const index of titles.keys()) {
    const values = rows.map((row) => row[index]?.trim() ?? '').filter((value) => value !== '');
    if (values.length === 0) continue;
    const found = ofTexts(values, index, words[index]?.some((word) => placeWord.test(word)) === true);
    if (found === 'plain') return null;
    if (found !== null) return found;
  }
  return unknown;
}

/** Nearest columns first. */
function pairs(xs: readonly number[], ys: readonly number[]): readonly (readonly [number, number])[] {
  return xs
    .flatMap((x) => ys.map((y) => [x, y] as const))
    .filter(([x, y]) => x !== y)
    .toSorted((a, b) => Math.abs(a[0] - a[1]) - Math.abs(b[0] - b[1]));
}

function ofPair(rows: readonly (readonly string[])[], x: number, y: number): FoundPlaces | 'plain' | 'unknown' | null {
  const filled = rows
    .map((row) => [row[x]?.trim() ?? '', row[y]?.trim() ?? ''] as const)
    .filter(([a, b]) => a !== '' && b !== '');
  if (filled.length === 0) return null;
  const numbers = filled
    .map(([a, b]) => [numberOf(a), numberOf(b)] as const)
    .filter(([a, b]) => isSome(a) && isSome(b));
  if (numbers.length >= filled.length * enough) {
    const [xs, ys] = [numbers.map(([a]) => a), numbers.map(([, b]) => b)];
    const guess = guessCrs(xs, ys);
    if (guess === null) {
      const metric = xs.every((n) => Math.abs(n) > 1000 || n === 0) && ys.every((n) => Math.abs(n) > 1000 || n === 0);
      return metric ? 'unknown' : null;
    }
    const { crs, swapped } = guess;
    if (crs.code === wgs84.code && !swapped) return 'plain';
    const convert = turned(toDegrees(crs.definition), swapped);
    const writing = crs.code === wgs84.code ? 'text' : 'metres';
    return { columns: [x, y], crs, writing, swapped, read: (cells) => pointOf(cells[x], cells[y], numberOf, convert) };
  }
  const angles = filled.map(([a, b]) => [readAngle(a), readAngle(b)] as const);
  const right = angles.filter(([a, b]) => a !== null && b !== null);
  if (right.length < filled.length * enough) return null;
  const swapped = right.filter(([a, b]) => a?.axis === 'lat' || b?.axis === 'lon').length > right.length / 2;
  const convert = turned((lon, lat) => [lon, lat], swapped);
  const degrees = (text: string) => readAngle(text)?.degrees ?? Number.NaN;
  return {
    columns: [x, y],
    crs: wgs84,
    writing: 'angles',
    swapped,
    read: (cells) => pointOf(cells[x], cells[y], degrees, convert),
  };
}

function ofTexts(values: readonly string[], column: number, named: boolean): FoundPlaces | 'plain' | null {
  const most = (test: (value: string) => boolean) => values.filter(test).length >= values.length * enough;
  if (most((value) => looksLikeWkt(value) || looksLikeGeoJson(value))) return ofShapes(values, column);
  if (!named && !most((value) => /[°º]|\d\s*[NSEWO]\b/i.test(value))) return null;
  const metres = values.map(twoNumbers);
  const large = metres.filter((pair) => pair !== null && Math.abs(pair[0]) > 1000 && Math.abs(pair[1]) > 1000);
  if (large.length >= values.length * enough) {
    const guess = guessCrs(
      large.map((pair) => pair?.[0] ?? 0),
      large.map((pair) => pair?.[1] ?? 0),
    );
    if (guess === null) return null;
    const convert = turned(toDegrees(guess.crs.definition), guess.swapped);
    return { columns: [column], ...guess, writing: 'metres', read: (cells) => ofNumbers(cells[column], convert) };
  }
  if (!most((value) => readPlace(value) !== null)) return null;
  const places = values.map(readPlace).filter((place) => place !== null);
  const straight = places.filter(({ lon, lat }) => inFrance([lon, lat])).length;
  const swapped = places.filter(({ lon, lat }) => inFrance([lat, lon])).length > straight;
  if (!swapped && most((value) => plainPoint.test(value))) return 'plain';
  const writing = values.some((value) => /[°º]/.test(value)) ? 'angles' : 'text';
  const read = (cells: readonly string[]): PlacedShape | null => {
    const text = cells[column]?.trim() ?? '';
    if (text === '') return null;
    const place = readPlace(text);
    return place === null ? broken : point(swapped ? place.lat : place.lon, swapped ? place.lon : place.lat);
  };
  return { columns: [column], crs: wgs84, writing, swapped, read };
}

function ofShapes(values: readonly string[], column: number): FoundPlaces | null {
  const [xs, ys]: [number[], number[]] = [[], []];
  let named: Crs | null = null;
  for (const value of values.slice(0, 200)) {
    const read = shapeOf(value);
    if (read === null) continue;
    if (read.srid !== null && read.srid !== 0) named ??= crsOfEpsg(read.srid);
    gatherCoordinates(read.shape, xs, ys, 20);
  }
  const guess = named === null ? guessCrs(xs, ys) : { crs: named, swapped: false };
  if (guess === null) return null;
  const assumed = turned(toDegrees(guess.crs.definition), guess.swapped);
  const read = (cells: readonly string[]): PlacedShape | null => {
    const text = cells[column]?.trim() ?? '';
    if (text === '') return null;
    const found = shapeOf(text);
    return found === null ? broken : placeShape(found.shape, assumed);
  };
  return { columns: [column], ...guess, writing: 'shapes', read };
}

const broken: PlacedShape = { wkt: null, fault: 'broken' };

function shapeOf(text: string): { readonly shape: unknown; readonly srid: number | null } | null {
  if (!text.startsWith('{')) return readWkt(text);
  const shape = parseValue(text);
  return shape === undefined ? null : { shape, srid: null };
}

function looksLikeGeoJson(text: string): boolean {
  return text.startsWith('{') && /"coordinates"\s*:|"geometries"\s*:/.test(text) && text.endsWith('}');
}

/** "1 523 456,78" as people and spreadsheets write it. */
function numberOf(text: string): number {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(bare) ? Number(bare) : Number.NaN;
}

function isSome(number: number): boolean {
  return !Number.isNaN(number);
}

function twoNumbers(text: string): readonly [number, number] | null {
  const halves = text.replace(/^[[(]|[\])]$/g, '').split(/\s*[;|/]\s*|,\s+|\s+|,/);
  if (halves.length !== 2) return null;
  const [a, b] = [numberOf(halves[0] ?? ''), numberOf(halves[1] ?? '')];
  return isSome(a) && isSome(b) ? [a, b] : null;
}

function ofNumbers(text: string | undefined, convert: ToDegrees): PlacedShape | null {
  if ((text?.trim() ?? '') === '') return null;
  const pair = twoNumbers(text?.trim() ?? '');
  return pair === null ? broken : point(...convert(pair[0], pair[1]));
}

function pointOf(
  x: string | undefined,
  y: string | undefined,
  read: (text: string) => number,
  convert: ToDegrees,
): PlacedShape | null {
  const [a, b] = [x?.trim() ?? '', y?.trim() ?? ''];
  // Half a point is no point.
  if (a === '' || b === '') return null;
  const [first, second] = [read(a), read(b)];
  if (!isSome(first) || !isSome(second)) return broken;
  return first === 0 && second === 0 ? { wkt: null, fault: 'outside' } : point(...convert(first, second));
}

function point(lon: number, lat: number): PlacedShape {
  return placeShape({ type: 'Point', coordinates: [lon, lat] }, (x, y) => [x, y]);
}

function turned(convert: ToDegrees, swapped: boolean): ToDegrees {
  return swapped ? (x, y) => convert(y, x) : convert;
}
