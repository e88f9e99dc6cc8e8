// The pictures to share over HTTP: kept for a year under their revision, asked again otherwise.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { urls } from '../../web/urls.ts';
import {
  type Picture,
  type PicturePlace,
  pictureOfCommune,
  pictureOfDataset,
  pictureOfOrganization,
  pictureOfPortal,
} from './pictures.ts';

export type PictureRoutesOptions = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
  readonly siteName: () => Promise<string>;
};

const hidden = { schema: { hide: true } };

export async function pictureRoutes(server: FastifyInstance, options: PictureRoutesOptions): Promise<void> {
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    picture: (context: Context, place: PicturePlace) => Promise<Picture>,
  ) => {
    const place = { voice: request.voice, site: await options.siteName(), publicUrl: options.publicUrl };
    const { png, revision } = await picture(await options.contextOf(request), place);
    const { v } = request.query as Readonly<Record<string, unknown>>;
    const lasting = v === revision ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
    // Other sites show it in their own pages.
    reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*');
    return reply.header('cache-control', lasting).type('image/png').send(png);
  };

  server.get(urls.sharePicture(), hidden, (request, reply) => send(request, reply, pictureOfPortal));
  server.get<{ Params: { id: string } }>('/datasets/:id/share.png', hidden, (request, reply) =>
    send(request, reply, (context, place) => pictureOfDataset(context, request.params.id, place)),
  );
  server.get<{ Params: { insee: string } }>('/communes/:insee/share.png', hidden, (request, reply) =>
    send(request, reply, (context, place) => pictureOfCommune(context, request.params.insee, place)),
  );
  server.get<{ Params: { slug: string } }>('/organizations/:slug/share.png', hidden, (request, reply) =>
    send(request, reply, (context, place) => pictureOfOrganization(context, request.params.slug, place)),
  );
}
