// Answers that the versions of the API share: lists of links, files of the catalogue.
import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import { getTerritory } from '../catalog/service.ts';
import type { Query } from '../explore/service.ts';
import { catalogueFormats } from './exports.ts';
import { readCatalogueExport } from './parameters.ts';
import { exportCatalogue } from './service.ts';

/** Asked again each time: the catalogue changes at any moment. */
export function fresh(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'public, max-age=0, must-revalidate');
}

type Facet = { readonly name: string; readonly facets: readonly AnyValue[] };
/** A value of the catalogue's facets, or of records': the second has a path. */
type AnyValue = {
  readonly name: string;
  readonly value?: string;
  readonly path?: string;
  readonly count?: number;
  readonly state: string;
  readonly facets?: readonly AnyValue[];
  readonly children?: readonly AnyValue[];
};

/** Facets as the interface names them, below the address of what they are counted in. */
export function facetsAnswer(source: string, facets: readonly Facet[]) {
  const links = [
    { rel: 'self', href: `${source}/facets` },
    { rel: 'source', href: source },
  ];
  return { links, facets: facets.map((facet) => ({ name: facet.name, facets: facet.facets.map(valueObject) })) };
}

function valueObject({
  name,
  value,
  path,
  count,
  state,
  facets,
  children,
}: AnyValue): Readonly<Record<string, unknown>> {
  const below = facets ?? children ?? [];
  return {
    name,
    ...(count !== undefined && { count }),
    state,
    value: value ?? path ?? name,
    ...(below.length > 0 && { facets: below.map(valueObject) }),
  };
}

/** The formats of the catalogue, each with its address below `base`. */
export function exportLinks(base: string) {
  const address = `${base}/catalog/exports`;
  return [
    { rel: 'self', href: address },
    ...catalogueFormats.map((format) => ({ rel: format, href: `${address}/${format}` })),
  ];
}

type CatalogueExport = { readonly format: string; readonly publicUrl: string; readonly withBom: boolean };

export async function sendCatalogue(
  context: Context,
  parameters: Query,
  reply: FastifyReply,
  { format, publicUrl, withBom }: CatalogueExport,
): Promise<FastifyReply> {
  const { query, options } = readCatalogueExport(parameters, { withBom });
  const territory = await getTerritory(context);
  const name = territory?.name ?? 'Terroir';
  const { type, ending, body } = await exportCatalogue(context, format, query, { ...options, name, publicUrl });
  fresh(reply).type(type);
  // What is read as it is opens in the browser; a table is a file.
  if (ending === 'csv' || ending === 'xlsx')
    reply.header('content-disposition', `attachment; filename="catalogue.${ending}"`);
  return reply.send(body);
}
