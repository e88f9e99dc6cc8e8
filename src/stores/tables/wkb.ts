// Reads the engine's geometries (Well-Known Binary, OGC 06-103r4) as GeoJSON geometries.

type Position = readonly number[];
export type GeoJsonGeometry =
  | { readonly type: string; readonly coordinates: unknown }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly GeoJsonGeometry[] };

const names = ['', 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'] as const;
const collection = 7;

/** @throws RangeError on bytes that are not WKB, which the engine does not write */
export function geometryOf(wkb: Uint8Array): GeoJsonGeometry {
  return new Reader(wkb).geometry();
}

class Reader {
  readonly #view: DataView;
  #at = 0;
  #little = true;
  /** Numbers per position: two, more with heights. */
  #size = 2;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  geometry(): GeoJsonGeometry {
    this.#little = this.#view.getUint8(this.#at++) === 1;
    const code = this.#integer();
    // ISO writes heights as thousands: 1003 is a polygon with Z, 3003 one with Z and M.
    const heights = Math.floor((code % 10_000) / 1000);
    this.#size = heights === 0 ? 2 : heights === 3 ? 4 : 3;
    const kind = code % 1000;
    if (kind === collection) return { type: 'GeometryCollection', geometries: this.#many(() => this.geometry()) };
    const type = names[kind];
    if (type === undefined || type === '') throw new RangeError(`geometry type ${code}`);
    return { type, coordinates: this.#coordinates(kind) };
  }

  #coordinates(kind: number): unknown {
    if (kind === 1) {
      const point = this.#position();
      // An empty point is written as two NaN.
      return point.some(Number.isNaN) ? [] : point;
    }
    if (kind === 2) return this.#many(() => this.#position());
    if (kind === 3) return this.#many(() => this.#many(() => this.#position()));
    return this.#many(() => {
      const part = this.geometry();
      return 'coordinates' in part ? part.coordinates : null;
    });
  }

  #many<T>(read: () => T): T[] {
    return Array.from({ length: this.#integer() }, read);
  }

  #position(): Position {
    return Array.from({ length: this.#size }, () => this.#number());
  }

  #integer(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, this.#little);
  }

  #number(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, this.#little);
  }
}
