// The reference systems that French public files are written in, and the way from each of them to WGS84 degrees.
// Parameters: EPSG registry (Lambert-93 2154, CC 3942–3950, Lambert zones 2757x, UTM), IGN « Systèmes de référence ».
import proj4 from 'proj4';
import { foldedWords } from '../../../lib/text.ts';
import { type Conic, conicToDegrees } from './conic.ts';

/** West, south, east, north in degrees. */
export type Area = readonly [number, number, number, number];

export type Crs = {
  /** "EPSG:2154"; "OGC:CRS84" is told as EPSG:4326, for shapes are always read longitude first. */
  readonly code: string;
  /** The name that people know. */
  readonly name: string;
  /** proj4 definition; null when its degrees are those of WGS84 within a metre. */
  readonly definition: string | null;
  /** Where it may be used, with a margin; null when anywhere. */
  readonly area: Area | null;
};

/** To longitude and latitude in WGS84 degrees; NaN where the projection has no answer. */
export type ToDegrees = (x: number, y: number) => readonly [number, number];

const world: Area = [-180, -90, 180, 90];
const france: Area = [-10, 40, 12, 53];
const grs80 = '+ellps=GRS80 +units=m +no_defs';
const ntf = '+a=6378249.2 +b=6356515 +towgs84=-168,-60,320 +pm=paris +units=m +no_defs';

/** Degrees that differ from WGS84 by less than a metre: RGF93, ETRS89, and the systems of overseas territories. */
const degrees: Readonly<Record<number, string>> = {
  4326: 'WGS 84',
  4979: 'WGS 84',
  4258: 'ETRS89',
  4171: 'RGF93',
  4965: 'RGF93',
  9777: 'RGF93 v2',
  9782: 'RGF93 v2b',
  4558: 'RRAF91',
  5489: 'RGAF09',
  4624: 'RGFG95',
  4627: 'RGR92',
  4470: 'RGM04',
  4463: 'RGSPM06',
};

const aliases: Readonly<Record<number, number>> = {
  900913: 3857,
  102100: 3857,
  102113: 3857,
  3785: 3857,
  102110: 2154,
  27582: 27572,
  27581: 27571,
  27583: 27573,
  27584: 27574,
};

const lambert93 = `+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${grs80}`;
const utm = (zone: number, south = false) => `+proj=utm +zone=${zone}${south ? ' +south' : ''} ${grs80}`;
const lambertZone = (latitude: number, scale: number, x: number, y: number) =>
  `+proj=lcc +lat_1=${latitude} +lat_0=${latitude} +lon_0=0 +k_0=${scale} +x_0=${x} +y_0=${y} ${ntf}`;

type Row = readonly [name: string, definition: string, area: Area];

const projected: Readonly<Record<number, Row>> = {
  2154: ['Lambert-93', lambert93, france],
  9793: ['Lambert-93 (RGF93 v2)', lambert93, france],
  9794: ['Lambert-93 (RGF93 v2b)', lambert93, france],
  27571: ['Lambert I', lambertZone(49.5, 0.999877341, 600000, 1200000), france],
  27572: ['Lambert II étendu', lambertZone(46.8, 0.99987742, 600000, 2200000), france],
  27573: ['Lambert III', lambertZone(44.1, 0.999877499, 600000, 3200000), france],
  27574: ['Lambert IV', lambertZone(42.165, 0.99994471, 234.358, 4185861.369), france],
  27561: ['Lambert Nord', lambertZone(49.5, 0.999877341, 600000, 200000), france],
  27562: ['Lambert Centre', lambertZone(46.8, 0.99987742, 600000, 200000), france],
  27563: ['Lambert Sud', lambertZone(44.1, 0.999877499, 600000, 200000), france],
  27564: ['Lambert Corse', lambertZone(42.165, 0.99994471, 234.358, 185861.369), france],
  3857: [
    'Web Mercator',
    '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
    world,
  ],
  5490: ['RGAF09 / UTM 20N', utm(20), [-66, 12, -58, 20]],
  4559: ['RRAF91 / UTM 20N', utm(20), [-66, 12, -58, 20]],
  4467: ['RGSPM06 / UTM 21N', utm(21), [-60, 43, -53, 50]],
  2972: ['RGFG95 / UTM 22N', utm(22), [-57, 0, -48, 10]],
  2975: ['RGR92 / UTM 40S', utm(40, true), [50, -28, 60, -15]],
  4471: ['RGM04 / UTM 38S', utm(38, true), [40, -20, 52, -8]],
};

/** @returns null for a code that is not known here */
export function crsOfEpsg(number: number): Crs | null {
  const code = aliases[number] ?? number;
  const name = degrees[code];
  if (name !== undefined) return { code: `EPSG:${code}`, name, definition: null, area: null };
  const row = projected[code] ?? conicZone(code) ?? utmZone(code);
  return row === null ? null : { code: `EPSG:${code}`, name: row[0], definition: row[1], area: row[2] };
}

export const wgs84 = crsOfEpsg(4326) as Crs;

/** CC42 to CC50: conic zones one degree apart (3942–3950; 9822–9830 and 9842–9850 in the newer realisations of RGF93). */
function conicZone(code: number): Row | null {
  const zone = [3900, 9780, 9800].map((start) => code - start).find((each) => each >= 42 && each <= 50);
  if (zone === undefined) return null;
  const y = (zone - 41) * 1_000_000 + 200_000;
  const definition = `+proj=lcc +lat_0=${zone} +lon_0=3 +lat_1=${zone - 0.75} +lat_2=${zone + 0.75} +x_0=1700000 +y_0=${y} ${grs80}`;
  return [`CC${zone}`, definition, [-10, zone - 4, 12, zone + 4]];
}

/** UTM of WGS84 (326zz north, 327zz south) and of ETRS89 (258zz). */
function utmZone(code: number): Row | null {
  const [family, zone] = [Math.floor(code / 100), code % 100];
  if (zone < 1 || zone > 60) return null;
  const middle = zone * 6 - 183;
  const [west, east] = [middle - 15, middle + 15];
  if (family === 326) return [`WGS 84 / UTM ${zone}N`, utm(zone), [west, -5, east, 89]];
  if (family === 327) return [`WGS 84 / UTM ${zone}S`, utm(zone, true), [west, -89, east, 5]];
  if (family === 258 && zone >= 28 && zone <= 38) return [`ETRS89 / UTM ${zone}N`, utm(zone), [west, 20, east, 89]];
  return null;
}

/**
 * Reads the name of a reference system: "EPSG:2154", "urn:ogc:def:crs:EPSG::2154", "http://www.opengis.net/def/crs/…",
 * "http://www.opengis.net/gml/srs/epsg.xml#2154", "urn:ogc:def:crs:OGC:1.3:CRS84", or a bare number.
 */
export function crsOfName(name: string): Crs | null {
  const text = name.trim();
  if (/CRS:?84\b/i.test(text)) return wgs84;
  const number = /^(?:.*(?:EPSG|IGNF|ESRI)\b.*?[:/#])?(\d{4,6})$/i.exec(text)?.[1];
  if (number !== undefined) return crsOfEpsg(Number(number));
  return crsOfTitle(text) ?? crsOfTitle(text.replace(/^.*[:/#]/, ''));
}

/** Names without their blanks, accents and signs, and the number that they stand for. */
const titles: readonly (readonly [RegExp, (digits: number) => number])[] = [
  [/^(?:rgf(?:19)?93(?:v[12]b?)?)?(?:lambert|lamb|l)(?:rgf(?:19)?)?93()$/, () => 2154],
  [/^(?:rgf(?:19)?93(?:v[12]b?)?)?(?:cc|lambertcc|coniqueconforme)(?:zone)?(4[2-9]|50)$/, (digits) => 3900 + digits],
  [/^(?:ntf)?(?:paris)?(?:france|lambert(?:zone)?)(?:ii|2)(?:etendue?|carto)()$|^lamb2?e()$/, () => 27572],
  [/webmercator|pseudomercator|popularvisualisation()/, () => 3857],
  [/^(?:wgs|etrs|etrf)(?:19)?8[49]utm(?:zone)?(\d{1,2})n$/, (digits) => 32600 + digits],
  [/^wgs(?:19)?84utm(?:zone)?(\d{1,2})s$/, (digits) => 32700 + digits],
  [/^rgr(?:19)?92utm(?:zone)?40s()$/, () => 2975],
  [/^rgfg(?:19)?95utm(?:zone)?22n()$|^utm22rgfg95()$/, () => 2972],
  [/^rgm(?:20)?04utm(?:zone)?38s()$/, () => 4471],
  [/^rgaf(?:20)?09utm(?:zone)?20n()$/, () => 5490],
  [/^rraf(?:19)?91utm(?:zone)?20n()$|^utm20w84(?:guad|mart)()$/, () => 4559],
  [
    /^(?:gcs)?(?:wgs(?:19)?84|rgf(?:19)?93(?:v[12]b?)?|etrs(?:19)?89|rgr(?:19)?92|rgfg(?:19)?95|rgaf(?:20)?09|rgm(?:20)?04)g?(?:eo)?()$/,
    () => 4326,
  ],
];

/** The names that software gives: ESRI's "RGF_1993_Lambert_93", IGN's "LAMB93", "RGF93 / CC47", "WGS 84 / UTM zone 31N" … */
export function crsOfTitle(title: string): Crs | null {
  const folded = foldedWords(title, '_').replaceAll('_', '');
  for (const [sign, number] of titles) {
    const found = sign.exec(folded);
    if (found !== null) return crsOfEpsg(number(Number(found[1] ?? 0)));
  }
  return null;
}

/** The function from a system's numbers to WGS84 degrees. @throws when the definition cannot be read */
export function toDegrees(definition: string | null): ToDegrees {
  if (definition === null) return (x, y) => [x, y];
  const conic = conicOf(definition);
  if (conic !== null) return conicToDegrees(conic);
  const converter = proj4(definition, 'EPSG:4326');
  return (x, y) => {
    // The projections of the library throw on what is not finite.
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [Number.NaN, Number.NaN];
    const [lon, lat] = converter.forward([x, y]);
    return [lon ?? Number.NaN, lat ?? Number.NaN];
  };
}

/** The parameters of a conic projection of RGF93, which needs no change of ellipsoid; null for any other. */
function conicOf(definition: string): Conic | null {
  if (!definition.startsWith('+proj=lcc ') || !definition.includes('+ellps=GRS80')) return null;
  const value = (name: string) => Number(new RegExp(`\\+${name}=([-\\d.]+)`).exec(definition)?.[1]);
  const parallels = [value('lat_1'), value('lat_2')] as const;
  return { latitude: value('lat_0'), longitude: value('lon_0'), parallels, x: value('x_0'), y: value('y_0') };
}

/** Whether degrees lie in an area. */
export function isWithin([lon, lat]: readonly [number, number], [west, south, east, north]: Area): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
