// The reference systems that files are asked in (EPSG registry; RGF93, « Systèmes de référence » of IGN), and the way there from WGS84.
import proj4 from 'proj4';

export type TargetSystem = {
  readonly epsg: number;
  readonly name: string;
  /** proj4's words. */
  readonly definition: string;
  /** Well-known text (OGC 01-009), as shapefiles and GeoPackages tell their system. */
  readonly wkt: string;
};

/** From degrees, longitude first, to the easting and the northing. */
export type Move = (lon: number, lat: number) => readonly [number, number];

type Conic = {
  readonly name: string;
  readonly latitude: number;
  readonly parallels: readonly [number, number];
  readonly x: number;
  readonly y: number;
};

const usual = 4326;
const conics: Readonly<Record<number, Conic>> = {
  2154: { name: 'RGF93 / Lambert-93', latitude: 46.5, parallels: [49, 44], x: 700_000, y: 6_600_000 },
  ...Object.fromEntries(
    [42, 43, 44, 45, 46, 47, 48, 49, 50].map((zone) => [
      3900 + zone,
      {
        name: `RGF93 / CC${zone}`,
        latitude: zone,
        parallels: [zone - 0.75, zone + 0.75] as const,
        x: 1_700_000,
        y: (zone - 41) * 1_000_000 + 200_000,
      },
    ]),
  ),
};

/** The codes that a file may be asked in: degrees, Lambert-93, the web's maps, the nine conic zones of France. */
export const targetCodes: readonly number[] = [usual, 2154, 3857, ...Object.keys(conics).map(Number).slice(1)];

/** @returns null for degrees of WGS84, as places are stored, and for a code that is not known here */
export function targetSystem(epsg: number): TargetSystem | null {
  if (epsg === 3857) return webMercator;
  const conic = conics[epsg];
  return conic === undefined ? null : conicSystem(epsg, conic);
}

const degree =
  'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]]';

function conicSystem(epsg: number, { name, latitude, parallels, x, y }: Conic): TargetSystem {
  const [first, second] = parallels;
  return {
    epsg,
    name,
    definition: `+proj=lcc +lat_0=${latitude} +lon_0=3 +lat_1=${first} +lat_2=${second} +x_0=${x} +y_0=${y} +ellps=GRS80 +towgs84=0,0,0 +units=m +no_defs`,
    wkt: `PROJCS["${name}",GEOGCS["RGF93",DATUM["Reseau_Geodesique_Francais_1993",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6171"]],${degree},AUTHORITY["EPSG","4171"]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",${latitude}],PARAMETER["central_meridian",3],PARAMETER["standard_parallel_1",${first}],PARAMETER["standard_parallel_2",${second}],PARAMETER["false_easting",${x}],PARAMETER["false_northing",${y}],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","${epsg}"]]`,
  };
}

const mercator =
  '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs';
const webMercator: TargetSystem = {
  epsg: 3857,
  name: 'WGS 84 / Pseudo-Mercator',
  definition: mercator,
  wkt: `PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],${degree},AUTHORITY["EPSG","4326"]],PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],EXTENSION["PROJ4","${mercator}"],AUTHORITY["EPSG","3857"]]`,
};

/** To a system, in metres and their thousandths. */
export function moveTo({ definition }: TargetSystem): Move {
  const converter = proj4('WGS84', definition);
  return (lon, lat) => {
    // The poles are infinitely far there.
    const [east, north] = converter.forward([lon, Math.max(-89.9999, Math.min(89.9999, lat))]);
    // Adding zero leaves no minus before a zero.
    return [Math.round(east * 1000) / 1000 + 0, Math.round(north * 1000) / 1000 + 0];
  };
}

/** Moves every position of a well-known binary (OGC 06-103r4), where it stands; heights stay. */
export function moveBinary(wkb: Buffer, move: Move): void {
  geometry(wkb, 0, move);
}

/** @returns where the next geometry begins */
function geometry(wkb: Buffer, start: number, move: Move): number {
  const little = wkb[start] === 1;
  const integer = (at: number) => (little ? wkb.readUInt32LE(at) : wkb.readUInt32BE(at));
  const code = integer(start + 1);
  const heights = Math.floor((code % 10_000) / 1000);
  const size = heights === 0 ? 2 : heights === 3 ? 4 : 3;
  const kind = code % 1000;
  const position = (at: number): number => {
    const read = (from: number) => (little ? wkb.readDoubleLE(from) : wkb.readDoubleBE(from));
    const [lon, lat] = [read(at), read(at + 8)];
    // An empty point is written as two NaN.
    if (!Number.isNaN(lon)) {
      const moved = move(lon, lat);
      for (const [axis, value] of moved.entries())
        if (little) wkb.writeDoubleLE(value, at + 8 * axis);
        else wkb.writeDoubleBE(value, at + 8 * axis);
    }
    return at + 8 * size;
  };
  const many = (at: number, each: (from: number) => number): number => {
    let next = at + 4;
    for (let left = integer(at); left > 0; left--) next = each(next);
    return next;
  };
  const content = start + 5;
  if (kind === 1) return position(content);
  if (kind === 2) return many(content, position);
  if (kind === 3) return many(content, (ring) => many(ring, position));
  return many(content, (part) => geometry(wkb, part, move));
}
