// GDAL (WebAssembly) in a process of its own, that can be killed: opens one file, converts its layers one by one, ends.
// Runs as bundled JavaScript or under Node's type stripping: it imports files with .ts endings and erasable syntax only.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ConvertRequest, FromGdal, GdalLayer, OpenRequest, ToGdal } from './protocol.ts';

/** The part of gdal3.js that is used; its own types describe the browser's module. */
type Dataset = { readonly pointer: number; readonly info?: unknown };
type Gdal = {
  open(path: string): Promise<{ readonly datasets: readonly Dataset[]; readonly errors: readonly unknown[] }>;
  ogrinfo(dataset: Dataset, options: readonly string[]): Promise<unknown>;
  ogr2ogr(
    dataset: Dataset,
    options: readonly string[],
    name: string,
  ): Promise<{ readonly real: string; readonly local: string }>;
};
type Start = (config: {
  path: string;
  dest: string;
  env: Record<string, string>;
  logHandler(text: string): void;
  errorHandler(text: string): void;
}) => Promise<Gdal>;

const complaints: string[] = [];
let opened: { readonly gdal: Gdal; readonly dataset: Dataset } | null = null;

// Only the parent decides when the work here ends; without a parent nobody will read the answer.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: ToGdal) => {
  answer(message).then(tell, (error: unknown) => tell({ kind: 'failed', reason: reasonOf(error) }));
});

function tell(message: FromGdal): void {
  if (process.connected) process.send?.(message);
}

async function answer(message: ToGdal): Promise<FromGdal> {
  if (message.kind === 'open') return { kind: 'opened', layers: await open(message) };
  return { kind: 'converted', converted: await convert(message) };
}

async function open({ folder, file, to }: OpenRequest): Promise<readonly GdalLayer[]> {
  const require = createRequire(import.meta.url);
  const program = require.resolve('gdal3.js/node');
  // It looks for its data beside the working folder, whatever it is told.
  process.chdir(join(dirname(program), 'dist', 'package'));
  const start = require(program) as Start;
  const gdal = await start({
    path: '.',
    dest: to,
    // A file that names other files is not followed; numbers that servers give to GML objects are no data.
    env: { OGR_SKIP: 'OGR_VRT', GML_SKIP_RESOLVE_ELEMS: 'ALL', GML_EXPOSE_GML_ID: 'NO' },
    logHandler: () => {},
    errorHandler: (text) => complaints.push(text),
  });
  const { datasets, errors } = await gdal.open(join(folder, file));
  const [dataset] = datasets;
  if (dataset === undefined) throw new Error(reasonOf(errors[0] ?? complaints[0] ?? 'nothing opened'));
  opened = { gdal, dataset };
  const layers = layersOf(await gdal.ogrinfo(dataset, ['-so', '-nomd']));
  if (!/\.mif$/i.test(file)) return layers;
  return Promise.all(layers.map(async (layer) => ({ ...layer, shapes: await shapesAside(layer) })));
}

/** GDAL says the system of a MIF only to those who copy its objects: one is copied, and its system read there. */
async function shapesAside({ name, shapes }: GdalLayer): Promise<GdalLayer['shapes']> {
  if (opened === null || shapes === null || shapes.wkt !== null) return shapes;
  try {
    const { gdal, dataset } = opened;
    const { local } = await gdal.ogr2ogr(dataset, ['-f', 'GPKG', '-limit', '1', '-skipfailures', name], 'aside');
    const [copy] = (await gdal.open(local)).datasets;
    const [layer] = copy === undefined ? [] : layersOf(await gdal.ogrinfo(copy, ['-so', '-nomd']));
    return { ...shapes, wkt: layer?.shapes?.wkt ?? null };
  } catch {
    return shapes;
  }
}

async function convert({ layer, name, coordinates }: ConvertRequest) {
  if (opened === null) throw new Error('nothing is open');
  if (layer.startsWith('-')) throw new Error(`layer ${layer}`);
  complaints.length = 0;
  const { real } = await opened.gdal.ogr2ogr(
    opened.dataset,
    [
      ...['-f', 'GeoJSONSeq', '-lco', 'RS=NO', '-lco', 'COORDINATE_PRECISION=9'],
      ...(coordinates === 'degrees' ? ['-t_srs', 'EPSG:4326'] : ['-a_srs', 'null']),
      // Arcs become lines; an object that cannot be written does not stop the others.
      ...['-nlt', 'CONVERT_TO_LINEAR', '-skipfailures', layer],
    ],
    name,
  );
  return { path: real, complaints: complaints.filter((text) => /^ERROR /.test(text)).slice(0, 10) };
}

/** Reads what `ogrinfo -json` tells (GDAL's ogrinfo_output schema). */
function layersOf(info: unknown): readonly GdalLayer[] {
  const layers = member(info, 'layers');
  if (!Array.isArray(layers)) return [];
  return layers.map((layer: unknown) => {
    const [fields, shapes] = [member(layer, 'fields'), member(layer, 'geometryFields')];
    const shape: unknown = Array.isArray(shapes) ? shapes[0] : undefined;
    const wkt = member(member(shape, 'coordinateSystem'), 'wkt');
    const count = member(layer, 'featureCount');
    return {
      name: String(member(layer, 'name') ?? ''),
      objects: typeof count === 'number' && count >= 0 ? count : null,
      fields: Array.isArray(fields) ? fields.map((field: unknown) => String(member(field, 'name') ?? '')) : [],
      shapes:
        shape === undefined
          ? null
          : { type: String(member(shape, 'type') ?? ''), wkt: typeof wkt === 'string' && wkt !== '' ? wkt : null },
    };
  });
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const message = member(error, 'message') ?? (Array.isArray(error) ? member(error[0], 'message') : undefined);
  return typeof message === 'string' ? message : String(error);
}
