// Reads the shapes of a .shp file as GeoJSON geometries (ESRI Shapefile Technical Description, July 1998).
import { readChunks } from './binary.ts';

type Ring = number[][];

const headerBytes = 100;
const fileCode = 9994;
/** A record longer than this is no record: the file is damaged there. */
const longestRecord = 512 * 1024 * 1024;

export type ShapeReading = {
  /** The file stops, or stops making sense, before its end. */
  cut: boolean;
};

/**
 * The shapes in order, by batches; null for a record without shape. What cannot be read ends the reading: `state.cut`.
 * An unknown type gives a geometry of no known type, which is told when it is placed.
 */
export async function* shapesOf(path: string, state: ShapeReading): AsyncGenerator<readonly unknown[]> {
  let started = false;
  let rest = Buffer.alloc(0);
  for await (const chunk of readChunks(path)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (!started) {
      if (bytes.length < headerBytes) {
        rest = Buffer.from(bytes);
        continue;
      }
      if (bytes.readInt32BE(0) !== fileCode) {
        state.cut = true;
        return;
      }
      started = true;
      at = headerBytes;
    }
    const batch: unknown[] = [];
    while (at + 8 <= bytes.length) {
      const length = bytes.readInt32BE(at + 4) * 2;
      if (length < 4 || length > longestRecord) {
        state.cut = true;
        if (batch.length > 0) yield batch;
        return;
      }
      if (at + 8 + length > bytes.length) break;
      batch.push(shapeOf(bytes.subarray(at + 8, at + 8 + length)));
      at += 8 + length;
    }
    rest = Buffer.from(bytes.subarray(at));
    if (batch.length > 0) yield batch;
  }
  if (!started || rest.length > 0) state.cut = true;
}

/** One record's content: type, box, then counts and coordinates, all little endian. */
function shapeOf(record: Buffer): unknown {
  const type = record.readInt32LE(0);
  try {
    switch (type) {
      case 0:
        return null;
      case 1:
      case 11:
      case 21:
        return { type: 'Point', coordinates: pointOf(record, 4, type === 11 ? 20 : -1) };
      case 8:
      case 18:
      case 28:
        return multiPointOf(record, type === 18);
      case 3:
      case 13:
      case 23: {
        const lines = partsOf(record, type === 13);
        const [only] = lines;
        return lines.length === 1
          ? { type: 'LineString', coordinates: only }
          : { type: 'MultiLineString', coordinates: lines };
      }
      case 5:
      case 15:
      case 25:
        return polygonOf(partsOf(record, type === 15));
      default:
        return { type: `shape ${type}` };
    }
  } catch (error) {
    // A count that passes the record's end.
    if (error instanceof RangeError) return { type: 'damaged' };
    throw error;
  }
}

/** Software writes what is less than -1e38 for a coordinate that is not there. */
function pointOf(record: Buffer, at: number, heightAt: number): number[] {
  const point = [record.readDoubleLE(at), record.readDoubleLE(at + 8)];
  if (heightAt !== -1) {
    const height = record.readDoubleLE(heightAt);
    if (Number.isFinite(height) && height > -1e38) point.push(height);
  }
  return point;
}

function multiPointOf(record: Buffer, hasHeights: boolean): unknown {
  const count = record.readInt32LE(36);
  if (count < 0 || count > record.length) throw new RangeError();
  const end = 40 + count * 16;
  const coordinates = Array.from({ length: count }, (_, i) =>
    pointOf(record, 40 + i * 16, hasHeights ? end + 16 + i * 8 : -1),
  );
  return { type: 'MultiPoint', coordinates };
}

function partsOf(record: Buffer, hasHeights: boolean): Ring[] {
  const [parts, count] = [record.readInt32LE(36), record.readInt32LE(40)];
  if (parts < 0 || count < 0 || count > record.length || parts > record.length) throw new RangeError();
  const from = 44 + parts * 4;
  const heights = hasHeights ? from + count * 16 + 16 : -1;
  const rings: Ring[] = [];
  for (let part = 0; part < parts; part++) {
    const start = record.readInt32LE(44 + part * 4);
    const end = part + 1 < parts ? record.readInt32LE(48 + part * 4) : count;
    if (start < 0 || end > count || end < start) throw new RangeError();
    const ring: Ring = new Array(end - start);
    for (let i = start; i < end; i++)
      ring[i - start] = pointOf(record, from + i * 16, heights === -1 ? -1 : heights + i * 8);
    rings.push(ring);
  }
  return rings;
}

/** Outer rings turn clockwise, holes the other way; a hole belongs to the ring that surrounds it. */
function polygonOf(rings: readonly Ring[]): unknown {
  if (rings.length <= 1) return { type: 'Polygon', coordinates: rings };
  const outers: { readonly rings: Ring[]; readonly box: Box }[] = [];
  const holes: Ring[] = [];
  for (const ring of rings) {
    if (turnsClockwise(ring)) outers.push({ rings: [ring], box: boxOf(ring) });
    else holes.push(ring);
  }
  for (const hole of holes) {
    const box = boxOf(hole);
    const outer = outers.find(
      (each) =>
        isBoxWithin(box, each.box) && hole.slice(0, 4).every((point) => isOnOrInside(point, each.rings[0] ?? [])),
    );
    if (outer === undefined) outers.push({ rings: [hole], box });
    else outer.rings.push(hole);
  }
  const [only] = outers;
  if (outers.length === 1 && only !== undefined) return { type: 'Polygon', coordinates: only.rings };
  return { type: 'MultiPolygon', coordinates: outers.map((each) => each.rings) };
}

function turnsClockwise(ring: Ring): boolean {
  let area = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [ring[j] ?? [], ring[i] ?? []];
    area += (bx - ax) * (by + ay);
  }
  return area > 0;
}

type Box = readonly [number, number, number, number];

function boxOf(ring: Ring): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of ring) {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
}

function isBoxWithin(inner: Box, outer: Box): boolean {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
}

/** A hole may touch its outer ring: a point on the line counts as inside. */
function isOnOrInside([x = 0, y = 0]: readonly number[], ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [ring[i] ?? [], ring[j] ?? []];
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const between = (x - ax) * (x - bx) <= 0 && (y - ay) * (y - by) <= 0;
    if (cross === 0 && between) return true;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
