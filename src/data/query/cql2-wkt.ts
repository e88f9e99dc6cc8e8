// Reads the geometries that a CQL2 text holds, as well-known text; heights are read and left out.
import { TerroirError } from '../../lib/errors.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import type { Token } from './cql2-tokens.ts';
import type { Budget } from './cql2-tree.ts';

/** What the reader needs of the parser's place. */
type Place = {
  readonly next: Token;
  take(): Token;
  isSign(sign: string): boolean;
  skipSign(sign: string): boolean;
  expectSign(sign: string): void;
  skipWord(word: string): boolean;
  refuse(expected: string): TerroirError;
};

const types: Readonly<Record<string, string>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};

/** The words that begin a geometry. */
export const geometryWords: ReadonlySet<string> = new Set(Object.keys(types));

type Position = readonly [number, number];

export class WktReader {
  readonly #at: Place;
  readonly #budget: Budget;

  constructor(at: Place, budget: Budget) {
    this.#at = at;
    this.#budget = budget;
  }

  /** @throws TerroirError query.syntax, query.tooDeep, query.tooManyValues */
  geometry(): GeoJsonGeometry {
    return this.#budget.deeper(() => {
      const { kind, value } = this.#at.next;
      const type = kind === 'word' ? types[value.toUpperCase()] : undefined;
      if (type === undefined) throw this.#at.refuse('POINT, LINESTRING, POLYGON …');
      this.#at.take();
      for (const dimension of ['Z', 'M', 'ZM']) this.#at.skipWord(dimension);
      if (this.#at.skipWord('EMPTY'))
        return type === 'GeometryCollection' ? { type, geometries: [] } : { type, coordinates: [] };
      if (type === 'GeometryCollection') return { type, geometries: this.#many(() => this.geometry(), 1) };
      return { type, coordinates: this.#coordinates(type) };
    });
  }

  #coordinates(type: string): unknown {
    switch (type) {
      case 'Point':
        return this.#inside(() => this.#position());
      case 'LineString':
        return this.#line();
      case 'Polygon':
        return this.#polygon();
      case 'MultiPoint':
        // Both `((1 2), (3 4))` and `(1 2, 3 4)` are written.
        return this.#many(() => (this.#at.isSign('(') ? this.#inside(() => this.#position()) : this.#position()), 1);
      case 'MultiLineString':
        return this.#many(() => this.#line(), 1);
      default:
        return this.#many(() => this.#polygon(), 1);
    }
  }

  #line(): readonly Position[] {
    return this.#many(() => this.#position(), 2);
  }

  #polygon(): readonly (readonly Position[])[] {
    return this.#many(() => {
      const ring = this.#many(() => this.#position(), 4);
      const [first, last] = [ring[0], ring.at(-1)];
      if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
        throw new TerroirError('query.malformed', { reason: 'a ring of the polygon is not closed' });
      return ring;
    }, 1);
  }

  #position(): Position {
    this.#budget.position();
    const [x, y] = [this.#number(), this.#number()];
    for (let more = 0; more < 2 && this.#isNumber(); more++) this.#number();
    return [x, y];
  }

  #isNumber(): boolean {
    return this.#at.next.kind === 'number' || this.#at.isSign('-') || this.#at.isSign('+');
  }

  #number(): number {
    const negative = this.#at.skipSign('-');
    if (!negative) this.#at.skipSign('+');
    if (this.#at.next.kind !== 'number') throw this.#at.refuse('a number');
    const number = Number(this.#at.take().value);
    return negative ? -number : number;
  }

  #inside<T>(read: () => T): T {
    this.#at.expectSign('(');
    const value = read();
    this.#at.expectSign(')');
    return value;
  }

  #many<T>(read: () => T, least: number): readonly T[] {
    return this.#inside(() => {
      const items = [read()];
      while (this.#at.skipSign(',')) items.push(read());
      if (items.length < least) throw this.#at.refuse(`${least} positions`);
      return items;
    });
  }
}
