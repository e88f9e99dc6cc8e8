// From Lambert-93 metres to WGS84 degrees, as SQL: the IGN's formulas (NTG 71, algorithms 0003 and 0004; RGF93, GRS 80).

const exponent = 0.725607765053267;
const constant = 11754255.426096;
const originX = 700000;
const originY = 12655612.049876;
const eccentricitySquared = 0.00669438002290079;

export const lambert93 = 'EPSG:2154';

/** Where Lambert-93 coordinates of metropolitan France lie, in metres. */
export const lambert93Bounds = { x: [0, 1_300_000], y: [6_000_000, 7_200_000] } as const;

/** SQL of the longitude in degrees of a Lambert-93 point. RGF93 and WGS84 differ by less than a metre. */
export function longitudeSql(x: string, y: string): string {
  return `(3 + degrees(atan2(${x} - ${originX}, ${originY} - ${y}) / ${exponent}))`;
}

/** SQL of the latitude in degrees: conformal latitude, then the series of the geographic one (to 1e-9 degree). */
export function latitudeSql(x: string, y: string): string {
  const radius = `sqrt(pow(${x} - ${originX}, 2) + pow(${y} - ${originY}, 2))`;
  const conformal = `(2 * atan(pow(${constant} / ${radius}, 1 / ${exponent}::DOUBLE)) - pi() / 2)`;
  const e2 = eccentricitySquared;
  const [e4, e6, e8] = [e2 ** 2, e2 ** 3, e2 ** 4];
  const a = e2 / 2 + (5 * e4) / 24 + e6 / 12 + (13 * e8) / 360;
  const b = (7 * e4) / 48 + (29 * e6) / 240 + (811 * e8) / 11520;
  const c = (7 * e6) / 120 + (81 * e8) / 1120;
  return `degrees(${conformal} + ${a} * sin(2 * ${conformal}) + ${b} * sin(4 * ${conformal}) + ${c} * sin(6 * ${conformal}))`;
}
