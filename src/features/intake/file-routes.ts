// Where scripts and geographic information systems put a dataset's next file: PUT /api/v1/datasets/{id}/file.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Transform } from 'node:stream';
import { Transform as TransformStream } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context, ContextOf } from '../../context.ts';
import { withScratch } from '../../data/journey.ts';
import { TerroirError } from '../../lib/errors.ts';
import { problemMessage, type Severity } from '../../model/problem.ts';
import type { Voice } from '../../web/language.ts';
import { urls } from '../../web/urls.ts';
import { mustOnDataset, verifyDataset } from '../catalog/service.ts';
import { deliverFile, scratchName } from './delivery.ts';
import { bytesOfHeader, largestFile, megabytes, nameOfDisposition, safeFileName } from './rules.ts';
import { type Delivery, DeliverySchema, RefusalSchema } from './schemas.ts';

type PutFile = {
  Params: { id: string };
  Querystring: { publish?: boolean; table?: string; filename?: string };
};

const shownProblems = 100;
const gravity: readonly Severity[] = ['error', 'warning', 'advice'];

const schema = {
  summary: 'Brings the dataset its next file',
  description:
    'The body is the file itself, whatever its format. Needs a key of the producer with the scope deposit, or publish for `publish=true`. The same bytes again make no version: they count as « nothing has changed ».',
  tags: ['Deposit'],
  params: Type.Object({ id: Type.String({ description: 'The dataset’s identifier' }) }),
  querystring: Type.Object({
    publish: Type.Optional(
      Type.Boolean({ description: 'Makes the version public at once, unless a person must look first' }),
    ),
    table: Type.Optional(Type.String({ description: 'The sheet or layer wanted, in a file that holds several' })),
    filename: Type.Optional(
      Type.String({ description: 'The file’s name; without it that of Content-Disposition, else the identifier' }),
    ),
  }),
  response: {
    200: { ...DeliverySchema, description: 'Nothing has changed' },
    201: { ...DeliverySchema, description: 'A new version' },
    ...Object.fromEntries([400, 403, 404, 410, 413, 422, 507].map((status) => [status, RefusalSchema])),
  },
};

export async function fileRoutes(server: FastifyInstance, { contextOf }: { contextOf: ContextOf }): Promise<void> {
  // Whatever type a program says of it, the body is a file.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', async (_request: FastifyRequest, payload: Readable) => payload);
  server.addHook('onError', async (request, reply) => {
    // What was refused is not read to its end.
    if (!request.raw.complete) reply.header('connection', 'close');
  });

  server.put<PutFile>(
    '/api/v1/datasets/:id/file',
    { schema, config: { streamed: true }, bodyLimit: largestFile },
    async (request, reply) => {
      const context = await contextOf(request);
      const { id } = request.params;
      const { publish = false, table } = request.query;
      await mustOnDataset(context, publish ? 'dataset.publish' : 'dataset.deposit', id);
      const delivery = await withScratch(context.files, scratchName(), async (scratch) => {
        const path = join(scratch, nameOf(request));
        await saveBody(request, path);
        return deliverFile(context, { id, path, table: table ?? null, publish, origin: 'api' });
      });
      // The producer has said that it is still right: that counts as an update.
      if (!delivery.changed && delivery.published) await verify(context, id);
      reply.header('cache-control', 'no-store').code(delivery.changed ? 201 : 200);
      return reply.send(answerOf(delivery, request.voice));
    },
  );
}

async function verify(context: Context, id: string): Promise<void> {
  await verifyDataset(context, id).catch((error: unknown) => {
    if (!(error instanceof TerroirError)) throw error;
  });
}

function nameOf({ params, query, headers }: FastifyRequest<PutFile>): string {
  const given = query.filename ?? nameOfDisposition(headers['content-disposition']);
  const ending = headers['content-type']?.startsWith('text/csv') ? '.csv' : '';
  return safeFileName(given ?? '', `${params.id}${ending}`);
}

/** @throws TerroirError upload.tooLarge, upload.cut, upload.rawOnly, upload.nothing, disk.full */
async function saveBody(request: FastifyRequest, path: string): Promise<void> {
  const { headers } = request;
  if (headers['content-type']?.startsWith('multipart/')) throw new TerroirError('upload.rawOnly');
  if ((bytesOfHeader(headers['content-length']) ?? 0) > largestFile) throw tooLarge();
  const body = request.body as Readable | undefined;
  if (body === undefined || body === null) throw new TerroirError('upload.nothing');
  try {
    await pipeline(body, bounded(), createWriteStream(path));
  } catch (error) {
    if (error instanceof TerroirError || !(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : null;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new TerroirError('disk.full', {}, { cause: error });
    throw new TerroirError('upload.cut', {}, { cause: error });
  }
}

function bounded(): Transform {
  let bytes = 0;
  return new TransformStream({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > largestFile) done(tooLarge());
      else done(null, chunk);
    },
  });
}

function tooLarge(): TerroirError {
  return new TerroirError('upload.tooLarge', { max: megabytes(largestFile) });
}

/** The sentence of a delivery, for people. */
export function deliverySentence(delivery: Delivery, voice: Pick<Voice, 'say'>): string {
  const { version, changed, published, waiting } = delivery;
  if (!changed && published) return voice.say('delivery.unchanged', { version });
  return voice.say(waiting === null ? 'delivery.published' : `delivery.${waiting}`, { version });
}

function answerOf(delivery: Delivery, voice: Voice) {
  const { id, problems, version, changed, published, waiting, rows, columns, file } = delivery;
  const count = (severity: Severity) => problems.filter((one) => one.severity === severity).length;
  return {
    dataset: id,
    version,
    changed,
    published,
    waiting,
    message: deliverySentence(delivery, voice),
    url: urls.dataset(id),
    rows,
    columns,
    file,
    counts: { error: count('error'), warning: count('warning'), advice: count('advice') },
    problems: problems
      .toSorted((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity))
      .slice(0, shownProblems)
      .map((one) => ({
        code: one.code,
        severity: one.severity,
        sheet: one.sheet,
        cell: one.cell,
        column: one.column,
        value: one.value,
        expected: one.expected,
        proposal: one.proposal,
        count: one.count ?? 1,
        message: problemMessage(one, voice.lang),
      })),
  };
}
