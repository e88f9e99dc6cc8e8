// Where a tile lies: the grid of web maps (WebMercatorQuad), which halves the world at each zoom.

/** Units along a side of a tile. */
export const extent = 4096;
/** How far beyond its sides a tile draws, in units: symbols and lines are then not cut. */
export const buffer = 64;
/** The deepest tiles that are made; maps enlarge them beyond. */
export const maxZoom = 18;

export type Tile = { readonly zoom: number; readonly column: number; readonly row: number };

/** Whether the grid has such a tile. */
export function isTile({ zoom, column, row }: Tile): boolean {
  const side = 2 ** zoom;
  return (
    [zoom, column, row].every(Number.isInteger) &&
    zoom >= 0 &&
    zoom <= maxZoom &&
    column >= 0 &&
    row >= 0 &&
    column < side &&
    row < side
  );
}

/** west, south, east, north in degrees, with the buffer around. */
export function boundsOf({ zoom, column, row }: Tile, margin = buffer): readonly [number, number, number, number] {
  const side = 2 ** zoom;
  const around = margin / extent;
  const longitude = (x: number) => Math.max(-180, Math.min(180, (x / side) * 360 - 180));
  const latitude = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / side))) * 180) / Math.PI;
  return [
    longitude(column - around),
    latitude(row + 1 + around),
    longitude(column + 1 + around),
    latitude(row - around),
  ];
}

/** Latitudes beyond are not on the grid. */
const greatestLatitude = 85.051_128_779_806_6;

/** A place in the tile's units, y downwards; fractions are kept. */
export function placeIn({ zoom, column, row }: Tile): (lon: number, lat: number) => readonly [number, number] {
  const side = 2 ** zoom;
  return (lon, lat) => {
    const sine = Math.sin((Math.max(-greatestLatitude, Math.min(greatestLatitude, lat)) * Math.PI) / 180);
    const y = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
    return [(((lon + 180) / 360) * side - column) * extent, (y * side - row) * extent];
  };
}

/** SQL of the same, for the `lon` and `lat` of a column of points. */
export function placeSql({ zoom, column, row }: Tile, point: string): { readonly x: string; readonly y: string } {
  const side = 2 ** zoom;
  const latitude = `radians(greatest(-${greatestLatitude}, least(${greatestLatitude}, ${point}.lat)))`;
  return {
    x: `(((${point}.lon + 180) / 360 * ${side} - ${column}) * ${extent})`,
    y: `(((0.5 - ln(tan(pi() / 4 + ${latitude} / 2)) / (2 * pi())) * ${side} - ${row}) * ${extent})`,
  };
}
