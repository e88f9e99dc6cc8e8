// Reads a filter in CQL2 JSON (OGC 21-065r2, annex C): the same tree as the text's.
import { TerroirError } from '../../lib/errors.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import {
  arithmeticOperators,
  arrayRelations,
  Budget,
  boxGeometry,
  type Cql2,
  compareOperators,
  filterLimits,
  readDay,
  readInstant,
  readMoment,
  spatialRelations,
  temporalRelations,
} from './cql2-tree.ts';

/**
 * Reads a filter.
 * @throws TerroirError query.malformed, query.tooLong, query.tooDeep, query.tooManyValues, query.dateInvalid, query.parameter
 */
export function parseCql2Json(source: string): Cql2 {
  if (source.length > filterLimits.characters)
    throw new TerroirError('query.tooLong', { max: filterLimits.characters });
  return new Reader().node(parseJson(source));
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'JSON');
  }
}

function malformed(reason: string): TerroirError {
  return new TerroirError('query.malformed', { reason: reason.slice(0, 200) });
}

type Members = Readonly<Record<string, unknown>>;

class Reader {
  readonly #budget = new Budget();

  node(value: unknown): Cql2 {
    this.#budget.node();
    return this.#budget.deeper(() => this.#read(value));
  }

  #read(value: unknown): Cql2 {
    if (typeof value === 'string') return { kind: 'text', value };
    if (typeof value === 'boolean') return { kind: 'boolean', value };
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new TerroirError('query.numberTooLarge', { position: 1 });
      return { kind: 'number', value };
    }
    if (Array.isArray(value)) return { kind: 'array', items: this.#nodes(value) };
    if (typeof value !== 'object' || value === null) throw malformed('null');
    const members = value as Members;
    if (typeof members['op'] === 'string') return this.#operation(members['op'], members['args']);
    if (typeof members['property'] === 'string') return { kind: 'property', name: members['property'] };
    if ('date' in members) return instant('date', members['date'], readDay);
    if ('timestamp' in members) return instant('timestamp', members['timestamp'], readMoment);
    if ('interval' in members) return this.#interval(members['interval']);
    if (typeof members['type'] === 'string') return { kind: 'geometry', geometry: this.#geometry(members) };
    if (Array.isArray(members['bbox']))
      return { kind: 'geometry', geometry: boxGeometry(members['bbox'].map((n) => (typeof n === 'number' ? n : NaN))) };
    throw malformed(`unknown member: ${Object.keys(members).slice(0, 3).join(', ')}`);
  }

  #nodes(values: readonly unknown[]): readonly Cql2[] {
    if (values.length > filterLimits.values)
      throw new TerroirError('query.tooManyValues', { max: filterLimits.values });
    return values.map((value) => this.node(value));
  }

  #operation(op: string, given: unknown): Cql2 {
    const lower = op.toLowerCase();
    if (!Array.isArray(given)) throw malformed(`"args" of ${op.slice(0, 60)}`);
    const exactly = (count: number): readonly Cql2[] => {
      if (given.length !== count)
        throw new TerroirError('query.wrongArguments', { name: op.slice(0, 60), expected: `${count} args` });
      return this.#nodes(given);
    };
    const two = () => {
      const [left, right] = exactly(2) as readonly [Cql2, Cql2];
      return { left, right };
    };
    const one = () => ({ of: exactly(1)[0] as Cql2 });
    switch (lower) {
      case 'and':
      case 'or':
        if (given.length < 2) throw new TerroirError('query.wrongArguments', { name: lower, expected: '2 args' });
        return { kind: lower, items: this.#nodes(given) };
      case 'not':
        return { kind: 'not', ...one() };
      case 'isnull':
        return { kind: 'isNull', ...one() };
      case 'casei':
      case 'accenti':
        return { kind: lower, ...one() };
      case 'like': {
        const { left, right } = two();
        return { kind: 'like', of: left, pattern: right };
      }
      case 'between': {
        const [of, low, high] = exactly(3) as readonly [Cql2, Cql2, Cql2];
        return { kind: 'between', of, low, high };
      }
      case 'in': {
        const { left, right } = two();
        if (right.kind !== 'array') throw malformed('"in" wants a list');
        return { kind: 'in', of: left, values: right.items };
      }
    }
    const operator = compareOperators.find((each) => each === op);
    if (operator !== undefined) return { kind: 'compare', operator, ...two() };
    const reckoned = arithmeticOperators.find((each) => each === lower);
    if (reckoned !== undefined) return { kind: 'arithmetic', operator: reckoned, ...two() };
    const spatial = spatialRelations.find((each) => each === lower);
    if (spatial !== undefined) return { kind: 'spatial', relation: spatial, ...two() };
    const temporal = temporalRelations.find((each) => each === lower);
    if (temporal !== undefined) return { kind: 'temporal', relation: temporal, ...two() };
    const arrays = arrayRelations.find((each) => each === lower);
    if (arrays !== undefined) return { kind: 'arrays', relation: arrays, ...two() };
    return { kind: 'call', name: op, args: this.#nodes(given) };
  }

  #interval(value: unknown): Cql2 {
    if (!Array.isArray(value) || value.length !== 2) throw malformed('interval');
    const [start, end] = value.map((bound: unknown) =>
      typeof bound === 'string' ? readInstant(bound) : this.node(bound),
    ) as [Cql2 | null, Cql2 | null];
    return { kind: 'interval', start, end };
  }

  #geometry(members: Members): GeoJsonGeometry {
    return this.#budget.deeper(() => {
      const type = members['type'];
      if (type === 'GeometryCollection') {
        const { geometries } = members;
        if (!Array.isArray(geometries)) throw malformed('geometries');
        return {
          type,
          geometries: geometries.map((each: unknown) => {
            if (typeof each !== 'object' || each === null) throw malformed('geometries');
            return this.#geometry(each as Members);
          }),
        };
      }
      const depth = typeof type === 'string' && Object.hasOwn(depths, type) ? depths[type] : undefined;
      if (typeof type !== 'string' || depth === undefined)
        throw malformed(`geometry type ${String(type).slice(0, 60)}`);
      return { type, coordinates: this.#coordinates(members['coordinates'], depth, type) };
    });
  }

  #coordinates(value: unknown, depth: number, type: string): unknown {
    if (!Array.isArray(value)) throw malformed(`coordinates of ${type}`);
    if (depth > 0) {
      const parts: readonly unknown[] = value.map((part: unknown) => this.#coordinates(part, depth - 1, type));
      if (depth === 1) checkLine(parts as readonly (readonly number[])[], type);
      return parts;
    }
    this.#budget.position();
    const [x, y] = value as unknown[];
    if (value.length < 2 || value.length > 4 || value.some((n) => typeof n !== 'number' || !Number.isFinite(n)))
      throw malformed(`coordinates of ${type}`);
    return [x, y];
  }
}

/** How many lists stand around a position. */
const depths: Readonly<Record<string, number>> = {
  Point: 0,
  LineString: 1,
  MultiPoint: 1,
  Polygon: 2,
  MultiLineString: 2,
  MultiPolygon: 3,
};

function checkLine(line: readonly (readonly number[])[], type: string): void {
  if (type === 'MultiPoint') return;
  if (!type.endsWith('Polygon')) {
    if (line.length < 2) throw malformed(`${type}: a line has two positions`);
    return;
  }
  const [first, last] = [line[0], line.at(-1)];
  if (line.length < 4 || first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
    throw malformed(`${type}: a ring has four positions and is closed`);
}

function instant(kind: 'date' | 'timestamp', value: unknown, read: (text: string) => string | null): Cql2 {
  const found = typeof value === 'string' ? read(value) : null;
  if (found === null) throw new TerroirError('query.dateInvalid', { value: String(value).slice(0, 100) });
  return { kind, value: found };
}
