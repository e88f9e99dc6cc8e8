// The versions of a dataset over HTTP: the list, what changed in each, the tombstones, rows set aside, corrected files.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Version } from '../../model/dataset.ts';
import type { Purge } from '../../model/purge.ts';
import { stepSentence } from '../../model/step-sentence.ts';
import { getDataset, getVersion, getVersions, listPurges, mayOnDataset } from '../catalog/service.ts';
import { PurgedPage } from './pages/purged-page.tsx';
import { VersionPage } from './pages/version-page.tsx';
import { VersionsPage } from './pages/versions-page.tsx';
import { diffVersions, setAsideFile, withCorrectedFile } from './service.ts';

export type VersionRoutesOptions = { readonly contextOf: ContextOf };

type Named = { Params: { id: string } };
type Numbered = { Params: { id: string; number: string } };

export async function versionRoutes(server: FastifyInstance, { contextOf }: VersionRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };
  const asItIs = { ...hidden, compress: false } as const;

  server.get<Named>('/datasets/:id/versions', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id } = request.params;
    const dataset = await getDataset(context, id);
    const [versions, purges] = await Promise.all([getVersions(context, id), listPurges(context, id)]);
    const facts = {
      id,
      current: dataset.version?.number ?? null,
      verifiedAt: dataset.verifiedAt,
      versions: versions.map(publicVersion),
      purges: purges.map(publicPurge),
    };
    const data = { dataset, versions, purges };
    return reply.sendPage({ data: facts, page: (page) => VersionsPage({ context: page, data }) });
  });

  server.get<Numbered>('/datasets/:id/versions/:number', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id } = request.params;
    const number = Number(request.params.number);
    const purge = await purgeOf(context, id, number);
    if (purge !== null) {
      const data = { id, number, purge: publicPurge(purge) };
      return reply.code(410).sendPage({ data, page: (page) => PurgedPage({ context: page, data }) });
    }
    const dataset = await getDataset(context, id);
    const version = await getVersion(context, id, number);
    // The version before among those that whoever asks may read.
    const from = (await getVersions(context, id)).find((other) => other.number < number)?.number ?? null;
    const change = from === null ? null : { from, diff: await diffVersions(context, id, from, number) };
    // Corrections quote what they replaced, also in columns and rows that are not published: they are their producer's alone.
    const mine = await mayOnDataset(context, 'deposit.read', id);
    const steps = mine ? version.steps.map((step) => stepSentence(step, request.voice.lang)) : [];
    const data = { dataset, version, change, corrections: version.steps.length, steps };
    return reply.sendPage({
      data: { id, ...publicVersion(version), ...(mine && { steps: version.steps }), change },
      page: (page) => VersionPage({ context: page, data }),
    });
  });

  server.get<Numbered>('/datasets/:id/versions/:number/set-aside', hidden, async (request, reply) => {
    const { id, number } = request.params;
    const file = await setAsideFile(await contextOf(request), id, Number(number));
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .header('content-length', file.bytes)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(createReadStream(file.path));
  });

  server.get<Numbered>('/datasets/:id/versions/:number/corrected', asItIs, async (request, reply) => {
    const { id, number } = request.params;
    return withCorrectedFile(await contextOf(request), id, Number(number), async ({ path, name }) => {
      // Opened before the scratch folder goes: whoever reads a deleted file reads it to its end.
      const file = await open(path, 'r');
      return reply
        .type('application/octet-stream')
        .header('cache-control', 'private, no-store')
        .header('content-length', (await file.stat()).size)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(file.createReadStream());
    });
  });
}

/** The purge of a version, also of a dataset that was withdrawn with it; null when it stands. */
async function purgeOf(context: Context, id: string, number: number): Promise<Purge | null> {
  if (!Number.isInteger(number)) return null;
  const [purge] = await listPurges(context, id, number);
  if (purge === undefined) return null;
  // A draft is nobody's business, its end neither.
  await getDataset(context, id).catch((error: unknown) => {
    if (!(error instanceof TerroirError) || error.code !== 'dataset.withdrawn') throw error;
  });
  return purge;
}

/** Where its files lie, and the values that it profiles, are not part of the list. */
function publicVersion({ key: _key, profiles: _profiles, steps, ...version }: Version) {
  return { ...version, corrections: steps.length };
}

/** Who decided is for those who hold the log. */
function publicPurge({ actor: _actor, ...purge }: Purge): Omit<Purge, 'actor'> {
  return purge;
}
