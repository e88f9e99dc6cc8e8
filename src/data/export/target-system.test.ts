// Where the false origins of the systems are, and the point of the tests of reading: numbers of the EPSG registry and of IGN.
import { expect, test } from 'vitest';
import { geometryOf } from '../../stores/tables/wkb.ts';
import { moveBinary, moveTo, type TargetSystem, targetCodes, targetSystem } from './target-system.ts';

const system = (epsg: number) => targetSystem(epsg) as TargetSystem;

test('the systems that files may be asked in', () => {
  expect(targetCodes).toEqual([4326, 2154, 3857, 3942, 3943, 3944, 3945, 3946, 3947, 3948, 3949, 3950]);
  // Degrees are as they are stored; what is not known is not guessed.
  expect(targetSystem(4326)).toBeNull();
  expect(targetSystem(27572)).toBeNull();
});

test('places move where the registry says', () => {
  expect(moveTo(system(2154))(3, 46.5)).toEqual([700_000, 6_600_000]);
  expect(moveTo(system(3947))(3, 47)).toEqual([1_700_000, 6_200_000]);
  const [x, y] = moveTo(system(2154))(0.6804304, 47.3772038);
  expect(Math.abs(x - 525_000)).toBeLessThan(0.02);
  expect(Math.abs(y - 6_700_000)).toBeLessThan(0.02);
  // Half the turn of a circle of 6 378 137 m.
  expect(moveTo(system(3857))(180, 0)).toEqual([20_037_508.343, 0]);
  expect(moveTo(system(3857))(0, -90)[1]).toBeLessThan(-80_000_000);
});

test('every position of a binary moves, in either order of bytes, heights and empty points apart', () => {
  const point = Buffer.alloc(29);
  point.writeUInt8(0, 0);
  point.writeUInt32BE(1001, 1);
  for (const [i, value] of [180, 0, 12].entries()) point.writeDoubleBE(value, 5 + 8 * i);
  moveBinary(point, moveTo(system(3857)));
  expect(geometryOf(point)).toEqual({ type: 'Point', coordinates: [20_037_508.343, 0, 12] });
  const empty = Buffer.alloc(21);
  empty.writeUInt8(1, 0);
  empty.writeUInt32LE(1, 1);
  for (const i of [0, 1]) empty.writeDoubleLE(Number.NaN, 5 + 8 * i);
  moveBinary(empty, moveTo(system(3857)));
  expect(geometryOf(empty)).toEqual({ type: 'Point', coordinates: [] });
});
