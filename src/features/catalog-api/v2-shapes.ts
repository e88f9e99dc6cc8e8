// The nested shapes of Opendatasoft's Explore API v2.0: every object in an envelope of its own, with its links. Pure.

export type Link = { readonly rel: string; readonly href: string };
type Values = Readonly<Record<string, unknown>>;

/** Where the parts of a dataset are. */
export function datasetLinks(base: string, id: string): readonly Link[] {
  const self = datasetAddress(base, id);
  const parts = ['records', 'facets', 'exports', 'attachments'];
  return [
    { rel: 'self', href: self },
    { rel: 'catalog', href: `${base}/catalog` },
    ...parts.map((rel) => ({ rel, href: `${self}/${rel}` })),
  ];
}

/** A dataset, whole or what was selected of it. */
export function datasetEnvelope(base: string, id: string, dataset: Values) {
  return { links: datasetLinks(base, id), dataset };
}

export function datasetAddress(base: string, id: string): string {
  return `${base}/catalog/datasets/${encodeURIComponent(id)}`;
}

/** A record; `size` is that of its fields, in bytes of JSON. */
export function recordEnvelope(
  base: string,
  { dataset, number, timestamp, fields }: { dataset: string; number: number; timestamp: Date; fields: Values },
) {
  const source = datasetAddress(base, dataset);
  return {
    links: [
      { rel: 'self', href: `${source}/records/${number}` },
      { rel: 'datasets', href: `${base}/catalog/datasets` },
      { rel: 'dataset', href: source },
    ],
    record: {
      id: String(number),
      timestamp: timestamp.toISOString(),
      size: Buffer.byteLength(JSON.stringify(fields)),
      fields,
    },
  };
}

export type Page = { readonly limit: number; readonly offset: number; readonly total: number };

/** Where a page is, and where the first, last and next ones are. `address` is the whole address of this one. */
export function pageLinks(address: string, { limit, offset, total }: Page): readonly Link[] {
  const at = (start: number) => {
    const url = new URL(address);
    url.searchParams.delete('start');
    url.searchParams.set('offset', String(start));
    url.searchParams.set('limit', String(limit));
    return url.href;
  };
  const self = { rel: 'self', href: address };
  if (limit <= 0) return [self];
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  return [
    self,
    { rel: 'first', href: at(0) },
    { rel: 'last', href: at(last) },
    ...(offset > 0 ? [{ rel: 'prev', href: at(Math.max(0, offset - limit)) }] : []),
    ...(offset + limit < total ? [{ rel: 'next', href: at(offset + limit) }] : []),
  ];
}
