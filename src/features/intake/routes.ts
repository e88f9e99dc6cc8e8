// The room of arrivals over HTTP: resumable uploads, and the address where scripts put a dataset's next file.
import type { FastifyInstance } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { fileRoutes } from './file-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { sweepUploads } from './uploads.ts';

export type IntakeRoutesOptions = { readonly contextOf: ContextOf; readonly context: Context };

/** How often abandoned uploads are looked for. */
const sweepMilliseconds = 3_600_000;

export async function intakeRoutes(
  server: FastifyInstance,
  { contextOf, context }: IntakeRoutesOptions,
): Promise<void> {
  await server.register(uploadRoutes, { contextOf });
  await server.register(fileRoutes, { contextOf });
  const sweep = () =>
    sweepUploads(context).catch((error: unknown) =>
      context.log.warn({ error: String(error) }, 'abandoned uploads could not be swept'),
    );
  const timer = setInterval(sweep, sweepMilliseconds);
  timer.unref();
  server.addHook('onReady', async () => void (await sweep()));
  server.addHook('onClose', async () => clearInterval(timer));
}
