// The conditions on places: within_distance, in_bbox, intersects, disjoint, within, and the names they had in version 2.0.
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { boxGeometry } from './cql2-tree.ts';
import type { PlaceColumn } from './feature-table.ts';
import { conditionFunctions } from './functions.ts';
import { distanceSql, metresOf, pointOf, reachDegrees, readGeometry } from './geometry-literal.ts';
import type { Node } from './tree.ts';
import type { ValueCompiler } from './values.ts';

type Call = Extract<Node, { kind: 'call' }>;

/** A condition on a place, read. */
export type SpatialQuestion =
  | {
      readonly kind: 'distance';
      readonly place: PlaceColumn;
      readonly geometry: GeoJsonGeometry;
      readonly metres: number;
    }
  | {
      readonly kind: 'box';
      readonly place: PlaceColumn;
      /** west, south, east, north. */
      readonly box: readonly [number, number, number, number];
    }
  | {
      readonly kind: 'relation';
      readonly place: PlaceColumn;
      readonly geometry: GeoJsonGeometry;
      readonly relation: 's_intersects' | 's_disjoint' | 's_within';
    };

const relations: Readonly<Record<string, 's_intersects' | 's_disjoint' | 's_within'>> = {
  intersects: 's_intersects',
  intersect: 's_intersects',
  disjoint: 's_disjoint',
  within: 's_within',
};

const calls = [
  'within_distance',
  'in_bbox',
  'intersects',
  'disjoint',
  'within',
  'distance',
  'geometry',
  'polygon',
  'bbox',
];

export function isSpatialCall(node: Call): boolean {
  return calls.includes(node.name);
}

/** @throws TerroirError query.wrongArguments, query.unknownField, query.geometryInvalid */
export function readSpatialCall(call: Call, values: ValueCompiler): SpatialQuestion {
  const { name, args } = call;
  const wrong = () => values.error('query.wrongArguments', { name, expected: conditionFunctions[name] ?? name });
  const [field, second, third] = args;
  const place = field?.kind === 'field' && !call.distinct ? placeOf(values, field) : null;
  if (place === null) throw wrong();
  const exactly = (count: number) => {
    if (args.length !== count) throw wrong();
  };
  const geometry = (node: Node | undefined): GeoJsonGeometry => {
    if (node?.kind !== 'geometry') throw wrong();
    return readGeometry(node.value, values.clause);
  };
  switch (name) {
    case 'within_distance':
    case 'distance': {
      exactly(3);
      const metres = lengthOf(third);
      if (metres === null) throw wrong();
      return { kind: 'distance', place, geometry: geometry(second), metres };
    }
    case 'in_bbox': {
      exactly(5);
      const numbers = args.slice(1).map((node) => (node.kind === 'number' ? node.value : Number.NaN));
      const [lat1, lon1, lat2, lon2] = numbers as [number, number, number, number];
      if (numbers.some((number) => !(Math.abs(number) <= 1e7))) throw wrong();
      return boxQuestion(place, [lon1, lat1], [lon2, lat2]);
    }
    case 'bbox': {
      exactly(3);
      const [from, to] = [pointOf(geometry(second)), pointOf(geometry(third))];
      if (from === null || to === null) throw wrong();
      return boxQuestion(place, from, to);
    }
    case 'polygon':
      exactly(2);
      return { kind: 'relation', place, geometry: geometry(second), relation: 's_within' };
    case 'geometry': {
      exactly(3);
      const mode = third?.kind === 'field' ? third.name.toLowerCase() : '';
      const relation = Object.hasOwn(relations, mode) ? relations[mode] : undefined;
      if (relation === undefined) throw wrong();
      return { kind: 'relation', place, geometry: geometry(second), relation };
    }
    default: {
      exactly(2);
      const relation = relations[name] ?? 's_intersects';
      return { kind: 'relation', place, geometry: geometry(second), relation };
    }
  }
}

function placeOf(values: ValueCompiler, field: Extract<Node, { kind: 'field' }>): PlaceColumn | null {
  const { name, type } = values.column(field);
  return type === 'geopoint'
    ? { column: name, kind: 'point' }
    : type === 'geojson'
      ? { column: name, kind: 'shape' }
      : null;
}

/** `10km`, `10 km`; metres without a unit. */
function lengthOf(node: Node | undefined): number | null {
  if (node?.kind === 'quantity') return metresOf(node.value, node.unit);
  if (node?.kind === 'number') return metresOf(node.value, 'm');
  const written = node?.kind === 'field' ? /^((?:\d*\.)?\d+)([a-z]+)$/i.exec(node.name) : null;
  return written === null ? null : metresOf(Number(written[1]), written[2] ?? '');
}

type Position = readonly [number, number];

function boxQuestion(place: PlaceColumn, a: Position, b: Position): SpatialQuestion {
  const [west, east] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
  const [south, north] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
  return { kind: 'box', place, box: [west, south, east, north] };
}

/** Whether the engine alone answers exactly: points in a box, or around a point. */
export function isPlain(question: SpatialQuestion): boolean {
  if (question.place.kind !== 'point') return false;
  return question.kind === 'box' || (question.kind === 'distance' && pointOf(question.geometry) !== null);
}

/** The geometry that a question compares with; a box is one. */
export function geometryOfQuestion(question: SpatialQuestion): GeoJsonGeometry {
  return question.kind === 'box' ? boxGeometry(question.box) : question.geometry;
}

/** The condition in SQL. One that must be resolved first (resolve.ts) is checked, and refuses to run. */
export function plainSpatialSql(call: Call, values: ValueCompiler): string {
  const question = readSpatialCall(call, values);
  const column = quoteIdentifier(question.place.column);
  const between = (axis: 'lon' | 'lat', from: number, to: number) =>
    `${column}.${axis} BETWEEN CAST(${values.bind(from)} AS DOUBLE) AND CAST(${values.bind(to)} AS DOUBLE)`;
  if (question.kind === 'box' && isPlain(question)) {
    const [west, south, east, north] = question.box;
    return `(${between('lon', west, east)} AND ${between('lat', south, north)})`;
  }
  const point = question.kind === 'distance' && isPlain(question) ? pointOf(question.geometry) : null;
  if (question.kind !== 'distance' || point === null) return `(1 = error('an unresolved condition'))`;
  const [dx, dy] = reachDegrees(question.metres, point[1]);
  // The box first: it costs nothing, and skips what is far away. Around the antimeridian it would forget neighbours.
  const aroundLon =
    point[0] - dx < -180 || point[0] + dx > 180 ? '' : `${between('lon', point[0] - dx, point[0] + dx)} AND `;
  return `(${aroundLon}${between('lat', point[1] - dy, point[1] + dy)} AND ${distanceSql(column, point)} <= CAST(${values.bind(question.metres)} AS DOUBLE))`;
}
