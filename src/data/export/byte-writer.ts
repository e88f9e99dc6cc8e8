// The thread in which files of bytes are written, so that a million rows never hold up the server. It writes one file and ends.
// Runs as bundled JavaScript or under Node's type stripping.
import { parentPort, workerData } from 'node:worker_threads';
import type { ByteAnswer, ByteRequest } from './byte-format.ts';
import { writeFlatGeobuf } from './flatgeobuf.ts';
import { writeGeojson } from './geojson-moved.ts';
import { writeOv2 } from './ov2.ts';
import { TooLarge, writeShapefiles } from './shapefile.ts';

async function write(request: ByteRequest): Promise<ByteAnswer> {
  switch (request.format) {
    case 'fgb':
      await writeFlatGeobuf(request);
      break;
    case 'geojson':
      await writeGeojson(request);
      break;
    case 'ov2':
      await writeOv2(request);
      break;
    case 'gpkg': {
      // Opened where it is needed alone: some versions of Node warn of it.
      const { writeGeoPackage } = await import('./geopackage.ts');
      await writeGeoPackage(request);
      break;
    }
    case 'shp':
      return { kind: 'written', parts: await writeShapefiles(request) };
  }
  return { kind: 'written', parts: [] };
}

write(workerData as ByteRequest)
  .catch((error: unknown): ByteAnswer => {
    if (error instanceof TooLarge) return { kind: 'tooLarge', max: '2 Gio' };
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { kind: 'failed', reason, full: code === 'ENOSPC' || code === 'EDQUOT' || /disk is full/.test(reason) };
  })
  .then((answer) => parentPort?.postMessage(answer));
