// The elements: a page that documents each with a live example, and an address that stays for each script.
import type { FastifyInstance } from 'fastify';
import { TerroirError } from '../../lib/errors.ts';
import { openAssets } from '../../web/assets.ts';
import { urls } from '../../web/urls.ts';
import notes from './element-notes.json' with { type: 'json' };
import { ElementsPage } from './pages/elements-page.tsx';

export async function elementRoutes(server: FastifyInstance): Promise<void> {
  const hidden = { schema: { hide: true } };
  const assets = openAssets();

  server.get(urls.elements(), hidden, async (_request, reply) =>
    reply.sendPage({ data: { elements: notes }, page: (context) => ElementsPage({ context, notes }) }),
  );

  // Pages of other sites name this address for years; where it leads changes with each build.
  server.get<{ Params: { file: string } }>('/elements/:file', hidden, async (request, reply) => {
    const name = /^(\w+)\.js$/.exec(request.params.file)?.[1];
    if (name === undefined || !notes.some((note) => note.script === name)) throw new TerroirError('page.unknown');
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=3600');
    return reply.redirect(urls.asset(assets.nameOf(`${name}.js`)), 302);
  });
}
