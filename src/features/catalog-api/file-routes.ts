// The files beside a dataset in the Explore API: what is attached to it, and its exports in other forms.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context, ContextOf } from '../../context.ts';
import { sendJson } from '../../web/explore-shell.ts';
import { ErrorSchema } from '../explore/schemas.ts';
import { fresh } from './answers.ts';
import { describeDataset, findFile } from './service.ts';

type Options = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
  /** Where this version of the API is. */
  readonly base: string;
  /** Whether the API's documentation shows it. */
  readonly described: boolean;
};

const errors = { 400: ErrorSchema, 404: ErrorSchema, 410: ErrorSchema };

/** On an API of any version: its addresses are below `/catalog/datasets/{id}`. */
export function fileRoutes(api: FastifyInstance, { contextOf, publicUrl, base, described }: Options): void {
  const listSchema = {
    hide: !described,
    summary: 'The files attached to a dataset',
    tags: ['Explore API v2.1'],
    params: Type.Object({ dataset_id: Type.String() }),
    response: { 200: Type.Object({}, { additionalProperties: true }), ...errors },
  };
  api.get('/catalog/datasets/:dataset_id/attachments', { schema: listSchema }, async (request, reply) => {
    const { dataset_id: id } = request.params as { readonly dataset_id: string };
    const { object } = await describeDataset(await contextOf(request), id, { publicUrl });
    const self = `${publicUrl}${base}/catalog/datasets/${encodeURIComponent(id)}`;
    return sendJson(fresh(reply), {
      links: [
        { rel: 'self', href: `${self}/attachments` },
        { rel: 'dataset', href: self },
      ],
      attachments: object.attachments.map(({ id: file, title, mimetype, url }) => ({
        href: `${self}/attachments/${encodeURIComponent(file)}`,
        metas: { id: file, title, 'mime-type': mimetype, url },
      })),
    });
  });

  // An archive must arrive as it is: compressing again would have browsers unfold it.
  const asItIs = { schema: { hide: true }, compress: false } as const;
  for (const kind of ['attachments', 'alternative_exports'] as const)
    api.get(`/catalog/datasets/:dataset_id/${kind}/:file`, asItIs, async (request, reply) => {
      const { dataset_id: id, file } = request.params as { readonly dataset_id: string; readonly file: string };
      return sendFile(await contextOf(request), request, reply, { id, file, kind });
    });
}

type Wanted = {
  readonly id: string;
  readonly file: string;
  readonly kind: 'attachments' | 'alternative_exports';
};

/** Byte for byte, without a redirection: those who fetch timetables do not all follow one. */
export async function sendFile(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  wanted: Wanted,
): Promise<FastifyReply> {
  const { name, bytes, sha256, type } = await findFile(context, wanted);
  const etag = `"${sha256}"`;
  fresh(reply).header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  reply.header('content-length', bytes);
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  return reply.type(type).send(context.files.openOriginal(sha256));
}
