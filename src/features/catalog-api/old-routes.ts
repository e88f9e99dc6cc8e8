// The old pages and files of an Opendatasoft portal over HTTP: each address leads to what answers it now.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { prepareExplore } from '../../web/explore-shell.ts';
import { urls } from '../../web/urls.ts';
import { listCommunes, listOrganizations } from '../catalog/service.ts';
import { sendFile } from './file-routes.ts';
import { catalogPage, datasetPage, download, editorialPage, embedPage, type OldQuery } from './old-addresses.ts';

type Options = { readonly contextOf: ContextOf };
type Named = { readonly id: string; readonly tab?: string; readonly file?: string; readonly slug?: string };

const hidden = { schema: { hide: true } } as const;
/** An archive must arrive as it is: compressing again would have browsers unfold it. */
const asItIs = { ...hidden, compress: false } as const;

export async function oldAddressRoutes(server: FastifyInstance, { contextOf }: Options): Promise<void> {
  const named = (request: FastifyRequest) => request.params as Named;
  const query = (request: FastifyRequest) => request.query as OldQuery;

  // Whether the dataset is there is said by the page that it leads to.
  const pages = { '/explore/dataset/:id': datasetPage, '/explore/embed/dataset/:id': embedPage };
  for (const [base, pageOf] of Object.entries(pages))
    for (const address of [base, `${base}/:tab`])
      server.get(address, hidden, async (request, reply) => {
        const { id, tab = '' } = named(request);
        return reply.redirect(pageOf(id, tab, query(request)), 301);
      });
  server.get('/explore/dataset/:id/download', hidden, async (request, reply) =>
    reply.header('access-control-allow-origin', '*').redirect(download(named(request).id, query(request)), 302),
  );

  server.get('/explore', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [organizations, communes] = await Promise.all([listOrganizations(context), listCommunes(context)]);
    return reply.redirect(catalogPage(query(request), { organizations, communes }), 302);
  });

  for (const base of ['/pages/:slug', '/page/:slug'])
    server.get(base, hidden, async (request, reply) => reply.redirect(editorialPage(named(request).slug ?? ''), 302));

  for (const console of [
    '/api/v2/console',
    '/api/v1/console',
    '/api/explore/v2.0/console',
    '/api/explore/v2.1/console',
  ])
    server.get(console, hidden, async (_request, reply) => reply.redirect(urls.api(), 301));

  await server.register(async (files) => {
    prepareExplore(files, async (request) => (await contextOf(request)).log);
    for (const kind of ['alternative_exports', 'attachments'] as const)
      files.get(`/api/datasets/1.0/:id/${kind}/:file`, asItIs, async (request, reply) => {
        const { id, file = '' } = named(request);
        return sendFile(await contextOf(request), request, reply, { id, file, kind });
      });
    for (const address of ['/explore/dataset/:id/files/:file/download', '/api/datasets/1.0/:id/files/:file'])
      files.get(address, asItIs, async (request, reply) => {
        const { id, file = '' } = named(request);
        return sendFile(await contextOf(request), request, reply, { id, file, kind: 'attachments' });
      });
  });
}
