// Reads the text that describes a reference system (.prj, GeoPackage, GDAL): WKT of the OGC, ESRI's flavour, and WKT2.
import { type Crs, crsOfEpsg, crsOfTitle, toDegrees } from './crs.ts';

/**
 * Knows the system by its EPSG number, then its name, then its parameters; else takes the text itself as definition,
 * when it can be computed. Null when the text describes nothing that can be used.
 */
export function crsOfWkt(text: string): Crs | null {
  const wkt = text.replace(/^\uFEFF/, '').trim();
  const kind = /^([A-Z_]+)\s*[[(]\s*"((?:[^"]|"")*)"/i.exec(wkt);
  if (kind === null) return null;
  const [, keyword = '', name = ''] = kind;
  const number = ownNumber(wkt);
  const known = (number === null ? null : crsOfEpsg(number)) ?? crsOfTitle(name) ?? crsOfParameters(wkt);
  if (known !== null) return known;
  if (/^(COMPD_?CS|COMPOUNDCRS|BOUNDCRS)$/i.test(keyword)) {
    const inner = /[,[(]\s*((?:PROJCS|PROJCRS|GEOGCS|GEOGCRS|GEODCRS)\s*[[(].*)$/is.exec(wkt.slice(1))?.[1];
    return inner === undefined ? null : crsOfWkt(inner);
  }
  if (/^(LOCAL_CS|ENGCRS|ENGINEERINGCRS|VERT_?CS)$/i.test(keyword)) return null;
  return computable(wkt, number, name);
}

/** The number of the system itself: the last one that closes the text; those before belong to its parts. */
function ownNumber(wkt: string): number | null {
  const found = /(?:AUTHORITY|ID)\s*[[(]\s*"EPSG"\s*,\s*"?(\d+)"?[^\]]*[\])]\s*[\])]\s*$/i.exec(wkt)?.[1];
  return found === undefined ? null : Number(found);
}

/** ESRI and MapInfo write the parameters without a number: a conic projection of France is known by its origin. */
function crsOfParameters(wkt: string): Crs | null {
  if (!/lambert[_ ]conformal[_ ]conic|lambert conic conformal/i.test(wkt)) return null;
  const x = parameter(wkt, 'false_easting', 'Easting at false origin', 'False easting');
  const y = parameter(wkt, 'false_northing', 'Northing at false origin', 'False northing');
  const latitude = parameter(wkt, 'latitude_of_origin', 'Latitude of false origin', 'Latitude of natural origin');
  if (x === null || y === null || latitude === null) return null;
  if (near(x, 700_000) && near(y, 6_600_000) && near(latitude, 46.5)) return crsOfEpsg(2154);
  if (near(x, 600_000) && near(y, 2_200_000)) return crsOfEpsg(27572);
  const zone = Math.round(latitude);
  if (near(x, 1_700_000) && near(latitude, zone) && near(y, (zone - 41) * 1e6 + 200_000)) return crsOfEpsg(3900 + zone);
  return null;
}

function parameter(wkt: string, ...names: readonly string[]): number | null {
  for (const name of names) {
    const found = new RegExp(`PARAMETER\\s*[[(]\\s*"${name}"\\s*,\\s*([-+.\\deE]+)`, 'i').exec(wkt)?.[1];
    if (found !== undefined) return Number(found);
  }
  return null;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}

function computable(wkt: string, number: number | null, name: string): Crs | null {
  const code = number === null ? name : `EPSG:${number}`;
  try {
    const [lon, lat] = toDegrees(wkt)(0, 0);
    return Number.isNaN(lon) && Number.isNaN(lat) ? null : { code, name, definition: wkt, area: null };
  } catch {
    return null;
  }
}
