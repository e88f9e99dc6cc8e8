// The addresses of the OGC interfaces: their paths are the standard's own.

const part = encodeURIComponent;

export const ogcUrls = {
  home: () => '/ogc',
  conformance: () => '/ogc/conformance',
  api: () => '/ogc/api',
  collections: () => '/ogc/collections',
  collection: (id: string) => `/ogc/collections/${part(id)}`,
  items: (id: string) => `${ogcUrls.collection(id)}/items`,
  item: (id: string, feature: number | string) => `${ogcUrls.items(id)}/${part(String(feature))}`,
  queryables: (id: string) => `${ogcUrls.collection(id)}/queryables`,
  sortables: (id: string) => `${ogcUrls.collection(id)}/sortables`,
  schema: (id: string) => `${ogcUrls.collection(id)}/schema`,
  tileMatrixSets: () => '/ogc/tileMatrixSets',
  tileMatrixSet: (tms: string) => `/ogc/tileMatrixSets/${part(tms)}`,
  tilesets: (id: string) => `${ogcUrls.collection(id)}/tiles`,
  tileset: (id: string, tms: string) => `${ogcUrls.tilesets(id)}/${part(tms)}`,
  tileJson: (id: string) => `${ogcUrls.tilesets(id)}/WebMercatorQuad/tilejson`,
  /** With the row before the column, as the standard wants; names in braces make a template. */
  tile: (id: string, zoom: number | string, row: number | string, column: number | string) =>
    `${ogcUrls.tilesets(id)}/WebMercatorQuad/${zoom}/${row}/${column}`,
} as const;
