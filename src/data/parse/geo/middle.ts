// Where the middle and the edges of a shape are, reckoned while its positions go by.

/** Weighted positions: what is drawn as an area counts by its area, a line by its length, a point as one. */
type Weighted = { weight: number; lon: number; lat: number };

export class Middle {
  readonly #areas: Weighted = { weight: 0, lon: 0, lat: 0 };
  readonly #lines: Weighted = { weight: 0, lon: 0, lat: 0 };
  readonly #points: Weighted = { weight: 0, lon: 0, lat: 0 };
  #box: [number, number, number, number] = [180, 90, -180, -90];
  /** The first position of the line, from which its area is reckoned, and the last one; NaN when the next one starts it. */
  #first = [Number.NaN, Number.NaN];
  #last = [Number.NaN, Number.NaN];
  /** Twice the signed area of the line so far, and its moments. */
  #ring = { area: 0, lon: 0, lat: 0 };

  startLine(): void {
    this.#first = [Number.NaN, Number.NaN];
    this.#ring = { area: 0, lon: 0, lat: 0 };
  }

  add(lon: number, lat: number): void {
    addTo(this.#points, 1, lon, lat);
    const [west, south, east, north] = this.#box;
    this.#box = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
    const [firstLon, firstLat] = this.#first as [number, number];
    const [lastLon, lastLat] = this.#last as [number, number];
    this.#last = [lon, lat];
    if (Number.isNaN(firstLon)) {
      this.#first = [lon, lat];
      return;
    }
    addTo(this.#lines, Math.hypot(lon - lastLon, lat - lastLat), (lon + lastLon) / 2, (lat + lastLat) / 2);
    const [x0, y0, x1, y1] = [lastLon - firstLon, lastLat - firstLat, lon - firstLon, lat - firstLat];
    const cross = x0 * y1 - x1 * y0;
    this.#ring.area += cross;
    this.#ring.lon += (x0 + x1) * cross;
    this.#ring.lat += (y0 + y1) * cross;
  }

  /** The line just read is a ring of a polygon: its outline, or a hole in it. */
  closeRing(outer: boolean): void {
    const { area, lon, lat } = this.#ring;
    if (area === 0) return;
    const [firstLon, firstLat] = this.#first as [number, number];
    const weight = (Math.abs(area) / 2) * (outer ? 1 : -1);
    addTo(this.#areas, weight, firstLon + lon / (3 * area), firstLat + lat / (3 * area));
  }

  get center(): readonly [number, number] {
    const of = [this.#areas, this.#lines, this.#points].find(({ weight }) => weight > 0) ?? this.#points;
    return [of.lon / of.weight, of.lat / of.weight];
  }

  get box(): readonly [number, number, number, number] {
    return this.#box;
  }
}

function addTo(sum: Weighted, weight: number, lon: number, lat: number): void {
  sum.weight += weight;
  sum.lon += weight * lon;
  sum.lat += weight * lat;
}
