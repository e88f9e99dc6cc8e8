// Reads the places that tables hold in their cells: degrees, minutes and seconds, « lat,lon » in one text, WKT, GeoJSON.
import { parseValue } from '../json/values.ts';
import { type Crs, crsOfEpsg, toDegrees, wgs84 } from './crs.ts';
import { inFrance } from './guess-crs.ts';
import { placeShape } from './shape.ts';
import { looksLikeWkt, readWkt } from './wkt.ts';

export type Place = { readonly lon: number; readonly lat: number };
export type Angle = {
  readonly degrees: number;
  /** "lat" or "lon" when its letter says which. */
  readonly axis: 'lat' | 'lon' | null;
};

/** Longer texts are sentences. */
const longestAngle = 60;

const sexagesimal =
  /^(?<before>[NSEWO])?\s*(?<sign>[-+−])?\s*(?<d>\d{1,3})(?:[.,](?<dd>\d+))?\s*(?:[°º˚]|deg(?:r[ée]s)?\.?|d\b|\s)\s*(?:(?<m>\d{1,2})(?:[.,](?<mm>\d+))?\s*(?:['′’‘´`]|min\.?|m\b|\s|$)\s*)?(?:(?<s>\d{1,2})(?:[.,](?<ss>\d+))?\s*(?:["″”“]|''|′′|’’|sec\.?|s\b)?\s*)?(?<after>nord|sud|est|ouest|north|south|east|west|[NSEWO])?\.?$/iu;
const decimal = /^(?<before>[NSEWO])?\s*(?<sign>[-+−])?\s*(?<d>\d{1,3})(?:[.,](?<dd>\d+))?\s*(?<after>[NSEWO])?$/iu;

/**
 * One angle: « 48° 51′ 24″ N », "48°51'24.5\"N", "N 48 51 24", "2.3522 E", "-1,55". O and W are west.
 * @returns null for what is no angle: minutes or seconds of 60 and more, more than 180 degrees
 */
export function readAngle(text: string): Angle | null {
  if (text.length > longestAngle) return null;
  const cleaned = text.replace(/[\u00a0\u202f\u2009]/g, ' ').trim();
  const found = decimal.exec(cleaned) ?? sexagesimal.exec(cleaned);
  const { before, after, sign, d, dd, m, mm, s, ss } = found?.groups ?? {};
  if (d === undefined || (before !== undefined && after !== undefined)) return null;
  // A fraction belongs to the last part alone.
  if ((dd !== undefined && m !== undefined) || (mm !== undefined && s !== undefined)) return null;
  const minutes = Number(`${m ?? 0}.${mm ?? 0}`);
  const seconds = Number(`${s ?? 0}.${ss ?? 0}`);
  const value = Number(`${d}.${dd ?? 0}`) + minutes / 60 + seconds / 3600;
  if (minutes >= 60 || seconds >= 60 || value > 180) return null;
  const letter = (before ?? after ?? '').charAt(0).toUpperCase();
  const axis = letter === '' ? null : 'NS'.includes(letter) ? 'lat' : 'lon';
  if (axis === 'lat' && value > 90) return null;
  const negative = (sign !== undefined && sign !== '+') !== 'SWO'.includes(letter || '?');
  return { degrees: round(negative ? -value : value), axis };
}

/**
 * A place in one text, latitude first unless letters or brackets say else: "47.39, 0.68", "47,39 ; 0,68", "47.39 0.68",
 * « 48°51′24″N 2°21′07″E », "[0.68, 47.39]" (a list, as GeoJSON writes it, longitude first), WKT and GeoJSON points.
 */
export function readPlace(text: string): Place | null {
  const trimmed = text.trim();
  if (trimmed.length > 500) return null;
  if (looksLikeWkt(trimmed) || trimmed.startsWith('{')) return placeOfPoint(readShapeText(trimmed)?.wkt ?? null);
  const bracketed = /^\[(.*)\]$/s.exec(trimmed)?.[1] ?? /^\((.*)\)$/s.exec(trimmed)?.[1] ?? trimmed;
  for (const [first, second] of halvesOf(bracketed.trim())) {
    const [a, b] = [readAngle(first), readAngle(second)];
    if (a === null || b === null || (a.axis !== null && a.axis === b.axis)) continue;
    const straight = a.axis === 'lat' || b.axis === 'lon';
    const turned = a.axis === 'lon' || b.axis === 'lat';
    const listed = trimmed.startsWith('[') && !straight;
    const [lat, lon] = turned || listed ? [b.degrees, a.degrees] : [a.degrees, b.degrees];
    // A list is longitude first by rule, but many write it the other way: France tells.
    if (listed && !inFrance([lon, lat]) && inFrance([lat, lon])) return { lon: lat, lat: lon };
    if (Math.abs(lat) <= 90) return { lon, lat };
  }
  return null;
}

/** The ways to cut a text in two: at the only semicolon or bar, at a comma between decimals with a point, at the middle blank. */
function halvesOf(text: string): readonly (readonly [string, string])[] {
  const sign = text.split(/\s*[;|/]\s*/);
  if (sign.length === 2) return [[sign[0] ?? '', sign[1] ?? '']];
  const commas = [...text.matchAll(/,/g)].map(({ index }) => index);
  const halves: (readonly [string, string])[] = [];
  const cut = (at: number) => halves.push([text.slice(0, at).trim(), text.slice(at + 1).trim()]);
  if (commas.length === 1 || commas.length === 3) cut(commas[(commas.length - 1) / 2] ?? 0);
  const letter = /^(.*?[NSEWO])\s*,?\s+(.*)$/i.exec(text) ?? /^(.*?[NS])([\d].*)$/i.exec(text);
  if (letter !== null) halves.push([letter[1] ?? '', (letter[2] ?? '').trim()]);
  const blanks = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  if (blanks.length % 2 === 1) cut(blanks[(blanks.length - 1) / 2] ?? 0);
  return halves;
}

export type ReadShape = {
  /** In WGS84, longitude first. */
  readonly wkt: string;
  /** The system that the text names, else WGS84. */
  readonly crs: Crs;
};

/**
 * A shape in one text: WKT, EWKT with its number, or a GeoJSON geometry. Plain numbers are degrees: a column in metres
 * is told by its numbers (guessCrs), and passed here as `assumed`.
 * @returns null for what is no shape, or no valid one
 */
export function readShapeText(text: string, assumed: Crs = wgs84): ReadShape | null {
  const trimmed = text.trim();
  const read = trimmed.startsWith('{') ? { shape: parseValue(trimmed), srid: null } : readWkt(trimmed);
  if (read === null || read.shape === undefined) return null;
  // PostGIS writes 0 where it knows no system.
  const crs = read.srid === null || read.srid === 0 ? assumed : crsOfEpsg(read.srid);
  if (crs === null) return null;
  const placed = placeShape(read.shape, toDegrees(crs.definition));
  return placed.wkt === null ? null : { wkt: placed.wkt, crs };
}

function placeOfPoint(wkt: string | null): Place | null {
  const [, lon, lat] = /^POINT \((\S+) (\S+)\)$/.exec(wkt ?? '') ?? [];
  return lon === undefined || lat === undefined ? null : { lon: Number(lon), lat: Number(lat) };
}

/** Seven decimals, a centimetre: divisions by sixty leave dust. */
function round(value: number): number {
  return Math.round(value * 1e7) / 1e7 + 0;
}
