// GeoJSON (RFC 7946) as JSON Schemas, under the addresses that other schemas refer to: nothing is fetched to check a file.

const position = { type: 'array', minItems: 2, items: { type: 'number' } };
const listOf = (items: unknown, minItems = 0) => ({ type: 'array', minItems, items });
const line = listOf(position, 2);
const ring = listOf(position, 4);
const bbox = { type: 'array', minItems: 4, items: { type: 'number' } };

const coordinates: Readonly<Record<string, unknown>> = {
  Point: position,
  MultiPoint: listOf(position),
  LineString: line,
  MultiLineString: listOf(line),
  Polygon: listOf(ring),
  MultiPolygon: listOf(listOf(ring)),
};

const shapes = Object.entries(coordinates).map(([type, of]) => ({
  title: type,
  type: 'object',
  required: ['type', 'coordinates'],
  properties: { type: { enum: [type] }, coordinates: of, bbox },
}));
const collection = {
  title: 'GeometryCollection',
  type: 'object',
  required: ['type', 'geometries'],
  properties: { type: { enum: ['GeometryCollection'] }, geometries: listOf({ oneOf: shapes }), bbox },
};
const geometry = { title: 'Geometry', oneOf: [...shapes, collection] };
const feature = {
  title: 'Feature',
  type: 'object',
  required: ['type', 'properties', 'geometry'],
  properties: {
    type: { enum: ['Feature'] },
    id: { oneOf: [{ type: 'number' }, { type: 'string' }] },
    properties: { oneOf: [{ type: 'null' }, { type: 'object' }] },
    geometry: { oneOf: [{ type: 'null' }, ...geometry.oneOf] },
    bbox,
  },
};
const features = {
  title: 'FeatureCollection',
  type: 'object',
  required: ['type', 'features'],
  properties: { type: { enum: ['FeatureCollection'] }, features: listOf(feature), bbox },
};

/** Each with the two addresses under which it is known. */
export const geoJsonSchemas: readonly (readonly [address: string, schema: object])[] = [
  ...shapes,
  collection,
  geometry,
  feature,
  features,
  { title: 'GeoJSON', oneOf: [...geometry.oneOf, feature, features] },
].flatMap((schema) =>
  ['https', 'http'].map((scheme) => [`${scheme}://geojson.org/schema/${schema.title}.json`, schema] as const),
);
