// Resumable uploads over HTTP: the protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload), core, creation,
// creation-with-upload, expiration and termination.
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { urls } from '../../web/urls.ts';
import { bytesOfHeader, largestFile, uploadMetadata } from './rules.ts';
import type { Upload } from './upload-store.ts';
import { abandonUpload, continueUpload, expiryOf, resumeUpload, startUpload } from './uploads.ts';

const version = '1.0.0';
const pieceType = 'application/offset+octet-stream';

type Named = { Params: { id: string } };

export async function uploadRoutes(server: FastifyInstance, { contextOf }: { contextOf: ContextOf }): Promise<void> {
  const route = { schema: { hide: true }, config: { streamed: true } };
  // The bytes go to the disk as they come; a creation has no body, whatever type is said of it.
  server.addContentTypeParser('*', async (_request: FastifyRequest, payload: Readable) => payload);
  server.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', version).header('cache-control', 'no-store');
    // Programs read the answers, refusals too.
    request.asData = true;
    if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === version) return;
    if (request.method === 'GET') return;
    reply.header('tus-version', version);
    throw new TerroirError('upload.version', { accepted: version });
  });
  // What was refused is not read to its end.
  server.addHook('onError', async (request, reply) => {
    if (!request.raw.complete) reply.header('connection', 'close');
  });

  server.options(urls.uploads(), route, async (_request, reply) =>
    reply
      .code(204)
      .header('tus-version', version)
      .header('tus-extension', 'creation,creation-with-upload,expiration,termination')
      .header('tus-max-size', largestFile)
      .send(),
  );

  server.post(urls.uploads(), route, async (request, reply) => {
    const context = await contextOf(request);
    const { headers } = request;
    if (headers['upload-defer-length'] !== undefined) throw invalid('Upload-Defer-Length');
    const size = bytesOfHeader(headers['upload-length']);
    if (size === null) throw invalid('Upload-Length');
    const said = uploadMetadata(one(headers['upload-metadata']));
    if (said === null) throw invalid('Upload-Metadata');
    const organization = said.get('organization') ?? '';
    if (organization === '') throw invalid('Upload-Metadata: organization');
    const begun = await startUpload(context, {
      organization,
      name: said.get('filename') ?? said.get('name') ?? '',
      size,
    });
    reply.code(201).header('location', urls.upload(begun.id));
    if (!isPiece(request)) return answer(request, reply, begun);
    const length = bytesOfHeader(headers['content-length']);
    return answer(
      request,
      reply,
      await continueUpload(context, begun.id, { offset: 0, body: bodyOf(request), length }),
    );
  });

  server.head<Named>(urls.upload(':id'), route, async (request, reply) => {
    const upload = await resumeUpload(await contextOf(request), request.params.id);
    return place(reply.code(200), upload).header('upload-length', upload.size).send();
  });

  server.get<Named>(urls.upload(':id'), { ...route, exposeHeadRoute: false }, async (request, reply) => {
    const upload = await resumeUpload(await contextOf(request), request.params.id);
    return place(reply, upload).send(publicUpload(upload));
  });

  const patch = async (request: FastifyRequest<Named>, reply: FastifyReply) => {
    const context = await contextOf(request);
    if (!isPiece(request)) throw invalid(`Content-Type: ${pieceType}`);
    const offset = bytesOfHeader(request.headers['upload-offset']);
    if (offset === null) throw invalid('Upload-Offset');
    const length = bytesOfHeader(request.headers['content-length']);
    const upload = await continueUpload(context, request.params.id, { offset, body: bodyOf(request), length });
    return answer(request, reply.code(204), upload);
  };
  const remove = async (request: FastifyRequest<Named>, reply: FastifyReply) => {
    await abandonUpload(await contextOf(request), request.params.id);
    return reply.code(204).send();
  };
  server.patch<Named>(urls.upload(':id'), route, patch);
  server.delete<Named>(urls.upload(':id'), route, remove);
  // Where a proxy on the way knows no PATCH.
  server.post<Named>(urls.upload(':id'), route, async (request, reply) => {
    const method = one(request.headers['x-http-method-override'])?.toUpperCase();
    if (method === 'PATCH') return patch(request, reply);
    if (method === 'DELETE') return remove(request, reply);
    throw invalid('X-HTTP-Method-Override');
  });
}

/** The end of an upload is told as JSON to whoever reads it; the protocol itself wants an empty answer. */
function answer(request: FastifyRequest, reply: FastifyReply, upload: Upload): FastifyReply {
  place(reply, upload);
  if (upload.arrival === null || request.headers.accept?.includes('application/json') !== true) return reply.send();
  return (reply.statusCode === 204 ? reply.code(200) : reply).send(publicUpload(upload));
}

function place(reply: FastifyReply, upload: Upload): FastifyReply {
  reply.header('upload-offset', upload.offset).header('upload-expires', expiryOf(upload).toUTCString());
  return upload.arrival === null ? reply : reply.header('terroir-deposit', upload.arrival.deposit);
}

function publicUpload({ id, name, size, offset, organization, arrival }: Upload) {
  return { id, organization, name, size, offset, deposit: arrival?.deposit ?? null, sha256: arrival?.sha256 ?? null };
}

function isPiece(request: FastifyRequest): boolean {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === pieceType;
}

/** The stream that the parser above hands on. */
function bodyOf(request: FastifyRequest): Readable {
  return (request.body as Readable | undefined) ?? request.raw;
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function invalid(reason: string): TerroirError {
  return new TerroirError('upload.invalid', { reason });
}
