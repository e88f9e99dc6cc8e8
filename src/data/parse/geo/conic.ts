// Lambert's conformal conic projection on GRS 80, back to degrees: several times faster than a general library, for the
// projections that nearly all French files are in (IGN, NTG 71, algorithms 0004 and 0054; the latitude by its series).

export type Conic = {
  /** Degrees: the origin, and the two standard parallels. */
  readonly latitude: number;
  readonly longitude: number;
  readonly parallels: readonly [number, number];
  /** Metres at the origin. */
  readonly x: number;
  readonly y: number;
};

const semiMajor = 6_378_137;
const squared = 0.00669438002290079;
const eccentricity = Math.sqrt(squared);

/** From metres to longitude and latitude; NaN for what is not finite. */
export function conicToDegrees(conic: Conic): (x: number, y: number) => readonly [number, number] {
  const { latitude, longitude, parallels, x, y } = conic;
  const [first, second] = [radians(parallels[0]), radians(parallels[1])];
  const [r1, r2] = [radiusOfParallel(first), radiusOfParallel(second)];
  const exponent = Math.log(r2 / r1) / (isometric(first) - isometric(second));
  const constant = (r1 / exponent) * Math.exp(exponent * isometric(first));
  const originY = y + constant * Math.exp(-exponent * isometric(radians(latitude)));
  return (east, north) => {
    const [dx, dy] = [east - x, originY - north];
    if (!Number.isFinite(dx) || !Number.isFinite(dy)) return [Number.NaN, Number.NaN];
    const radius = Math.sqrt(dx * dx + dy * dy);
    const conformal = 2 * Math.atan((constant / radius) ** (1 / exponent)) - Math.PI / 2;
    return [longitude + degrees(Math.atan2(dx, dy) / exponent), degrees(geographic(conformal))];
  };
}

function radiusOfParallel(latitude: number): number {
  return (semiMajor * Math.cos(latitude)) / Math.sqrt(1 - squared * Math.sin(latitude) ** 2);
}

function isometric(latitude: number): number {
  return Math.atanh(Math.sin(latitude)) - eccentricity * Math.atanh(eccentricity * Math.sin(latitude));
}

const [e2, e4, e6, e8] = [squared, squared ** 2, squared ** 3, squared ** 4];
const series = [
  e2 / 2 + (5 * e4) / 24 + e6 / 12 + (13 * e8) / 360,
  (7 * e4) / 48 + (29 * e6) / 240 + (811 * e8) / 11520,
  (7 * e6) / 120 + (81 * e8) / 1120,
  (4279 * e8) / 161280,
] as const;

/** From conformal latitude to geographic (Snyder, Map Projections, equation 3-5): within 1e-11 radian. */
function geographic(conformal: number): number {
  return (
    conformal +
    series[0] * Math.sin(2 * conformal) +
    series[1] * Math.sin(4 * conformal) +
    series[2] * Math.sin(6 * conformal) +
    series[3] * Math.sin(8 * conformal)
  );
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
