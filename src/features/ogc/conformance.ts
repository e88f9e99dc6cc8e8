// What we keep of OGC's standards, as the classes of their conformance: nothing is claimed that is not tested.

const spec = 'http://www.opengis.net/spec';
const classes = (standard: string, ...names: readonly string[]) =>
  names.map((name) => `${spec}/${standard}/conf/${name}`);

export const conformsTo: readonly string[] = [
  ...classes('ogcapi-common-1/1.0', 'core', 'landing-page', 'json', 'html', 'oas30'),
  ...classes('ogcapi-common-2/1.0', 'collections'),
  ...classes('ogcapi-features-1/1.0', 'core', 'geojson', 'html', 'oas30'),
  ...classes('ogcapi-features-2/1.0', 'crs'),
  ...classes('ogcapi-features-3/1.0', 'filter', 'features-filter', 'queryables', 'queryables-query-parameters'),
  ...classes('ogcapi-features-5/1.0', 'schemas', 'core-roles-features', 'queryables', 'sortables'),
  ...classes(
    'cql2/1.0',
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'accent-insensitive-comparison',
    'basic-spatial-functions',
    'basic-spatial-functions-plus',
    // The name that the draft gave it, and that QGIS looks for.
    'basic-spatial-operators',
    'spatial-functions',
    'temporal-functions',
    'array-functions',
    'property-property',
    'arithmetic',
  ),
  ...classes('ogcapi-tiles-1/1.0', 'core', 'tileset', 'tilesets-list', 'geodata-tilesets', 'mvt', 'oas30'),
  ...classes('tms/2.0', 'tilematrixset', 'json-tilematrixset'),
];
