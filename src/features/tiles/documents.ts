// What programs read before they ask for tiles: the grid, the sets of tiles, TileJSON.
import { maxZoom } from '../../data/tiles/tile-grid.ts';
import type { Dataset } from '../../model/dataset.ts';
import { licenceById } from '../../model/reference.ts';
import { ogcUrls } from '../../web/ogc-urls.ts';
import { withQuery } from '../../web/urls.ts';
import type { MappedCollection } from './service.ts';

export const webMercator = 'WebMercatorQuad';
const gridUri = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const crs = 'http://www.opengis.net/def/crs/EPSG/0/3857';
const rel = (name: string) => `http://www.opengis.net/def/rel/ogc/1.0/${name}`;
const tileMedia = 'application/vnd.mapbox-vector-tile';

export function matrixSets(publicUrl: string) {
  const href = publicUrl + ogcUrls.tileMatrixSet(webMercator);
  return {
    tileMatrixSets: [
      {
        id: webMercator,
        title: 'Google Maps Compatible for the World',
        uri: gridUri,
        crs,
        links: [{ rel: rel('tiling-scheme'), href, type: 'application/json' }],
      },
    ],
  };
}

/** Half the way around the Earth on a web map, in metres. */
const half = 20_037_508.342_789_244;

/** The grid, in the words of OGC Two Dimensional Tile Matrix Set 2.0. */
export function matrixSet() {
  return {
    id: webMercator,
    title: 'Google Maps Compatible for the World',
    uri: gridUri,
    crs,
    orderedAxes: ['X', 'Y'],
    wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
    tileMatrices: Array.from({ length: maxZoom + 1 }, (_, zoom) => {
      const cellSize = (2 * half) / 256 / 2 ** zoom;
      return {
        id: String(zoom),
        // A pixel of the standard is 0.28 mm wide.
        scaleDenominator: cellSize / 0.000_28,
        cellSize,
        cornerOfOrigin: 'topLeft',
        pointOfOrigin: [-half, half],
        tileWidth: 256,
        tileHeight: 256,
        matrixWidth: 2 ** zoom,
        matrixHeight: 2 ** zoom,
      };
    }),
  };
}

function template(publicUrl: string, id: string): string {
  return publicUrl + ogcUrls.tile(id, '{tileMatrix}', '{tileRow}', '{tileCol}');
}

export function tilesets(publicUrl: string, dataset: Dataset) {
  const { id, title } = dataset;
  const link = (path: string) => publicUrl + path;
  return {
    links: [{ rel: 'self', href: link(ogcUrls.tilesets(id)), type: 'application/json' }],
    tilesets: [
      {
        title,
        dataType: 'vector',
        crs,
        tileMatrixSetURI: gridUri,
        links: [
          { rel: 'self', href: link(ogcUrls.tileset(id, webMercator)), type: 'application/json' },
          { rel: rel('tiling-scheme'), href: link(ogcUrls.tileMatrixSet(webMercator)), type: 'application/json' },
          { rel: 'item', href: template(publicUrl, id), type: tileMedia, templated: true },
        ],
      },
    ],
  };
}

const dimensions: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 0,
  LineString: 1,
  MultiLineString: 1,
  Polygon: 2,
  MultiPolygon: 2,
};

export function tileset(publicUrl: string, { dataset, version, table, place }: MappedCollection) {
  const [first] = tilesets(publicUrl, dataset).tilesets;
  const dimension = place.kind === 'point' ? 0 : dimensions[version.geometry?.type ?? ''];
  return {
    ...first,
    links: [
      ...(first?.links ?? []),
      {
        rel: 'describedby',
        href: publicUrl + ogcUrls.tileJson(dataset.id),
        type: 'application/json',
        title: 'TileJSON',
      },
    ],
    layers: [
      {
        id: dataset.id,
        title: dataset.title,
        dataType: 'vector',
        ...(dimension !== undefined && { geometryDimension: dimension }),
        minTileMatrix: '0',
        maxTileMatrix: String(maxZoom),
        propertiesSchema: {
          type: 'object',
          properties: Object.fromEntries(table.columns.map(({ name, title }) => [name, { title }])),
        },
      },
    ],
    ...(version.geometry !== null && {
      boundingBox: {
        crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
        lowerLeft: version.geometry.bbox.slice(0, 2),
        upperRight: version.geometry.bbox.slice(2),
      },
    }),
  };
}

/** TileJSON 3.0.0. */
export function tileJson(
  publicUrl: string,
  { dataset, version, table }: MappedCollection,
  properties: readonly string[],
  asked: string | undefined,
) {
  const licence = licenceById(dataset.licence);
  const words: Readonly<Record<string, string>> = { integer: 'Number', number: 'Number', boolean: 'Boolean' };
  const tiles = publicUrl + ogcUrls.tile(dataset.id, '{z}', '{y}', '{x}');
  return {
    tilejson: '3.0.0',
    name: dataset.title,
    description: dataset.description,
    attribution: [dataset.organization.name, licence?.title.fr].filter((part) => part !== undefined).join(' · '),
    scheme: 'xyz',
    tiles: [withQuery(tiles, { properties: asked ?? null })],
    minzoom: 0,
    maxzoom: maxZoom,
    ...(version.geometry !== null && { bounds: version.geometry.bbox }),
    vector_layers: [
      {
        id: dataset.id,
        description: dataset.title,
        minzoom: 0,
        maxzoom: maxZoom,
        fields: Object.fromEntries(
          table.columns
            .filter(({ name }) => properties.includes(name))
            .map(({ name, type }) => [name, words[type] ?? 'String']),
        ),
      },
    ],
  };
}
