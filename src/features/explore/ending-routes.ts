// The dataset page's address with the ending of a format: the rows that the page shows, by the page's own filters.
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { exportFormats, factsOf } from '../../data/export/formats.ts';
import { fileOnDisk, sendFile } from '../../web/send-file.ts';
import { urls } from '../../web/urls.ts';
import { getDataset } from '../catalog/service.ts';
import { readChoices, readVersion, whereOf } from './choices.ts';
import { withCommune } from './communes.ts';
import { type Query, readExportQuery } from './parameters.ts';
import { rowsQuery } from './rules.ts';
import { exportDataset } from './service.ts';
import { chosenVersion } from './view-routes.ts';

type Named = { Params: { id: string } };

/** `.json` is the page itself as data. */
const endings = exportFormats.filter((format) => format !== 'json');

export async function endingRoutes(
  server: FastifyInstance,
  { contextOf, publicUrl }: { readonly contextOf: ContextOf; readonly publicUrl: string },
): Promise<void> {
  for (const format of endings)
    server.get<Named>(
      `${urls.catalog()}/:id.${format}`,
      { schema: { hide: true }, compress: false },
      async (request, reply) => {
        const context = await contextOf(request);
        const query = request.query as Query;
        const dataset = await getDataset(context, request.params.id);
        const version = await chosenVersion(context, dataset, readVersion(query));
        const choices = readChoices(await withCommune(context, version.fields, query), version.fields);
        const { order_by } = rowsQuery(choices.search, version.fields);
        const { limit, csv, compression, gpx, epsg } = readExportQuery(query);
        const file = await exportDataset(context, dataset.id, format, {
          where: whereOf(choices, version.fields),
          ...(order_by !== undefined && { order_by }),
          ...(limit !== undefined && { limit }),
          ...(csv !== undefined && { csv }),
          ...(compression !== undefined && { compression }),
          ...(gpx !== undefined && { gpx }),
          ...(epsg !== undefined && { epsg }),
          version: version.number,
          site: publicUrl,
        });
        const { media, ending } = factsOf(format);
        // Open data is open to any page's script too.
        reply.header('access-control-allow-origin', '*');
        const cache = dataset.state === 'published' ? 'public, max-age=0, must-revalidate' : 'private, no-store';
        const about = { bytes: file.bytes, tag: file.etag, type: media, name: `${dataset.id}.${ending}`, cache };
        return sendFile(request, reply, fileOnDisk(file.path, about));
      },
    );
}
