// What the shapes of a layer are together: their kind and the box that holds them all.

type One = { readonly type: string; readonly box: readonly [number, number, number, number] };

export class ShapeSum {
  readonly #types = new Set<string>();
  #box: [number, number, number, number] | null = null;

  add({ type, box }: One): void {
    this.#types.add(type);
    const [w, s, e, n] = box;
    const all = this.#box;
    this.#box =
      all === null
        ? [w, s, e, n]
        : [Math.min(all[0], w), Math.min(all[1], s), Math.max(all[2], e), Math.max(all[3], n)];
  }

  /** "Polygon" and "MultiPolygon" together are "MultiPolygon"; of several kinds, "Geometry". */
  get type(): string {
    const [first = 'Geometry', ...others] = [...this.#types];
    if (others.length === 0) return first;
    const many = [first, ...others].map((type) => (type.startsWith('Multi') ? type : `Multi${type}`));
    return many.every((type) => type === many[0]) ? (many[0] ?? first) : 'Geometry';
  }

  /** west, south, east, north; the whole world when no shape could be read. */
  get box(): readonly [number, number, number, number] {
    return this.#box ?? [-180, -90, 180, 90];
  }
}
