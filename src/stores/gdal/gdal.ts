// The door to GDAL, for geographic formats that nothing else reads: one child process per file, bounded in time and memory.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TerroirError } from '../../lib/errors.ts';
import type { Converted, ConvertRequest, FromGdal, GdalLayer, ToGdal } from './protocol.ts';

export type GdalInput = {
  /** A folder that holds the file, and what goes with it, alone: nothing else can be seen. */
  readonly folder: string;
  readonly file: string;
  /** An existing folder for the converted layers. */
  readonly to: string;
};

export type GdalLimits = { readonly timeoutSeconds: number; readonly memoryMegabytes: number };

export type GdalFile = {
  readonly layers: readonly GdalLayer[];
  /**
   * Writes a layer as one GeoJSON feature per line.
   * @throws GdalRefusal, TerroirError engine.timeout, engine.memory
   */
  convert(layer: string, name: string, coordinates: ConvertRequest['coordinates']): Promise<Converted>;
};

/** GDAL cannot read this, or died of it. */
export class GdalRefusal extends Error {}

export const gdalLimits: GdalLimits = { timeoutSeconds: 300, memoryMegabytes: 2000 };

const weighEveryMilliseconds = 200;

/** Beside the bundled server (dist/gdal-child.js), else the source itself, which Node runs by stripping its types. */
function childModule(): string {
  const bundled = fileURLToPath(new URL('./gdal-child.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./gdal-child.ts', import.meta.url));
}

/**
 * Opens a file in a child of its own, lets it be used, and ends the child whatever happens.
 * @throws GdalRefusal when the file cannot be opened; TerroirError engine.timeout, engine.memory
 */
export async function withGdal<T>(
  input: GdalInput,
  use: (file: GdalFile) => Promise<T>,
  limits = gdalLimits,
): Promise<T> {
  const child = fork(childModule(), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=1024'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const watch = new AbortController();
  weigh(child, limits, watch);
  try {
    const opened = await ask(child, { kind: 'open', ...input }, watch.signal);
    if (opened.kind !== 'opened') throw new GdalRefusal('reason' in opened ? opened.reason : '');
    return await use({
      layers: opened.layers,
      async convert(layer, name, coordinates) {
        const answer = await ask(child, { kind: 'convert', layer, name, coordinates }, watch.signal);
        if (answer.kind !== 'converted') throw new GdalRefusal('reason' in answer ? answer.reason : '');
        return answer.converted;
      },
    });
  } finally {
    watch.abort();
    child.kill('SIGKILL');
  }
}

/** The answer to one request; a child that ends without one is a refusal, or the limit that it passed. */
function ask(child: ChildProcess, request: ToGdal, signal: AbortSignal): Promise<FromGdal> {
  const { promise, resolve, reject } = Promise.withResolvers<FromGdal>();
  const gone = (code: number | null, killed: string | null) => reject(new GdalRefusal(`${killed ?? code}`));
  const stopped = () => reject(signal.reason);
  const failed = (error: Error) => reject(new GdalRefusal(error.message));
  child.once('message', (message) => resolve(message as FromGdal));
  child.once('exit', gone);
  child.once('error', failed);
  signal.addEventListener('abort', stopped, { once: true });
  if (signal.aborted) stopped();
  else if (child.connected) child.send(request, () => {});
  else gone(child.exitCode, child.signalCode);
  return promise.finally(() => {
    child.removeAllListeners('message');
    child.off('exit', gone);
    child.off('error', failed);
    signal.removeEventListener('abort', stopped);
  });
}

/**
 * Stops a child that passes a limit. Its own clock stands still while GDAL works, so it is weighed from outside, where the
 * system tells (Linux); elsewhere WebAssembly itself ends at four gigabytes.
 */
function weigh(child: ChildProcess, limits: GdalLimits, watch: AbortController): void {
  const stop = (error: TerroirError) => {
    watch.abort(error);
    child.kill('SIGKILL');
  };
  const timer = setTimeout(
    () => stop(new TerroirError('engine.timeout', { seconds: limits.timeoutSeconds })),
    limits.timeoutSeconds * 1000,
  );
  const scales = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'latin1').catch(() => '');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    if (kilobytes > limits.memoryMegabytes * 1024) stop(new TerroirError('engine.memory'));
  }, weighEveryMilliseconds);
  watch.signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      clearInterval(scales);
    },
    { once: true },
  );
}
