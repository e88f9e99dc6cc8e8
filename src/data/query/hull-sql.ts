// Keeps the engine from handing over every point of a hull: those inside an octagon of eight outermost points are none of its corners.

const directions: readonly string[] = [
  'p.lat',
  'p.lat - p.lon',
  '-p.lon',
  '-p.lat - p.lon',
  '-p.lat',
  'p.lon - p.lat',
  'p.lon',
  'p.lon + p.lat',
];

/** What is told inside only beyond this share of a degree squared: more than rounding may say. */
const doubt = 1e-13;

function corner(hull: number, direction: number): string {
  return `"#h${hull}_${direction}"`;
}

/** The outermost points of a place, anticlockwise from the south: columns of a select over its rows. */
export function outermostSql(place: string, hull: number): string {
  return directions
    .map((direction, i) => `arg_min(${place}, ${direction.replaceAll('p.', `${place}.`)}) AS ${corner(hull, i)}`)
    .join(', ');
}

/** The places that may be corners of the hull, once each. */
export function cornersSql(place: string, hull: number): string {
  const sides = directions.map((_, i) => {
    const [a, b] = [corner(hull, i), corner(hull, (i + 1) % directions.length)];
    const turn = `(${b}.lon - ${a}.lon) * (${place}.lat - ${a}.lat) - (${b}.lat - ${a}.lat) * (${place}.lon - ${a}.lon)`;
    // Two outermost points that are one have no side.
    return `(${a} = ${b} OR ${turn} > ${doubt})`;
  });
  const apart = `NOT (${corner(hull, 0)} = ${corner(hull, 4)} OR ${corner(hull, 2)} = ${corner(hull, 6)})`;
  return `list(DISTINCT ${place}) FILTER (${place} IS NOT NULL AND NOT (${apart} AND ${sides.join(' AND ')}))`;
}
