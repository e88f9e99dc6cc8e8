// Under an organization's own address: its pages and the territory's data alone; all the rest is at the portal's address.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Look } from '../../web/page.ts';
import { urls } from '../../web/urls.ts';
import { lookAt } from './looks.ts';

type Options = { readonly anyone: Context; readonly publicUrl: string };

/** What every organization's own address answers; pages and data of a dataset ask the catalogue, which knows what shows. */
const everywhere =
  /^\/(assets|elements|datasets|tiles|territory\/(logo|photo|colours\.css)|api\/(explore\/v2\.1\/catalog|v1)\/datasets\/[^/?]|accessibilite|design|health|robots\.txt)/;

/** Tells each request whose face it sees, and leads what is not shown there to the portal's address. */
export function whiteLabel(server: FastifyInstance, { anyone, publicUrl }: Options): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/assets/')) return;
    request.look = await lookAt(anyone, request.hostname);
    const label = request.look?.whiteLabel ?? null;
    if (label === null) return;
    const [path = '/', query] = request.url.split('?', 2);
    if (path === urls.home() && request.method === 'GET') return;
    if (everywhere.test(path) || isOwn(path, label)) return;
    // Who writes does so at the portal's own address, where their session is.
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new TerroirError('page.unknown');
    return reply.redirect(publicUrl + (query === undefined ? path : `${path}?${query}`), 302);
  });
}

function isOwn(path: string, label: NonNullable<Look['whiteLabel']>): boolean {
  if (label.insee !== null && path === urls.commune(label.insee)) return true;
  const own = urls.organization(label.slug);
  return path === own || ['logo', 'photo', 'colours.css'].some((kind) => path === `${own}/${kind}`);
}

/** The context of a request: under an own address, the organizations whose data shows there. */
export function scoped(context: Context, request: FastifyRequest): Context {
  const label = request.look?.whiteLabel ?? null;
  return label === null ? context : { ...context, shownOrganizations: label.shown };
}
