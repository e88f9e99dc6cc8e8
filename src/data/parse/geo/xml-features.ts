// From the text of KML or GPX elements to GeoJSON features: parsed by small groups, one by one where a group is broken.
import { gpx, kml } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';

export type XmlFeature = { readonly properties: Readonly<Record<string, unknown>>; readonly geometry: unknown };

/** The features of each text, in order; null where it cannot be read. */
export function featuresOf(
  texts: readonly string[],
  root: 'kml' | 'gpx',
  aside: readonly string[],
): readonly (readonly XmlFeature[] | null)[] {
  const together = parse(texts, root, aside);
  if (together !== null && together.length === texts.length) return together.map((feature) => [feature]);
  return texts.map((text) => parse([text], root, aside));
}

function parse(texts: readonly string[], root: 'kml' | 'gpx', aside: readonly string[]): readonly XmlFeature[] | null {
  const body = texts.map(tidied).join('\n');
  // Software forgets to declare the prefixes that it uses.
  const prefixes = new Set([...body.matchAll(/[<\s/]([A-Za-z_][\w.-]*):[A-Za-z_]/g)].map(([, prefix]) => prefix));
  prefixes.delete('xml');
  prefixes.delete('xmlns');
  const declared = [...prefixes].map((prefix) => ` xmlns:${prefix}="urn:${prefix}"`).join('');
  const text =
    root === 'kml'
      ? `<kml${declared}><Document>${aside.join('')}${body}</Document></kml>`
      : `<gpx${declared}>${body}</gpx>`;
  try {
    const parser = new DOMParser({
      onError: (level, message) => {
        if (level === 'fatalError') throw new Error(message);
      },
    });
    const document = parser.parseFromString(text, 'text/xml');
    const { features } = root === 'kml' ? kml(document) : gpx(document);
    return features.map(({ properties, geometry }) => ({ properties: properties ?? {}, geometry: simple(geometry) }));
  } catch {
    // Whatever the parser stumbles on, the text around it can still be read.
    return null;
  }
}

/** Styles are no data; an HTML entity is none of XML. */
function tidied(text: string): string {
  return text
    .replace(/<((?:\w+:)?(?:Style|StyleMap|styleUrl))\b[^>]*?(?:\/>|>.*?<\/\1>)/gs, '')
    .replaceAll('&nbsp;', '\u00a0')
    .replace(/<\/?kml:/g, (tag) => tag.replace('kml:', ''));
}

const multiples: Readonly<Record<string, string>> = {
  Point: 'MultiPoint',
  LineString: 'MultiLineString',
  Polygon: 'MultiPolygon',
};

/** KML has one container for everything: parts of one kind are what GeoJSON calls a multiple. */
function simple(geometry: unknown): unknown {
  if (typeof geometry !== 'object' || geometry === null || !('geometries' in geometry)) return geometry;
  const { geometries } = geometry;
  if (!Array.isArray(geometries)) return geometry;
  const [first] = geometries as { type?: unknown; coordinates?: unknown }[];
  const multiple = multiples[String(first?.type)];
  if (geometries.length === 1) return first;
  const alike = geometries.every((each: unknown) => typeOf(each) === first?.type);
  if (!alike || multiple === undefined) return geometry;
  return { type: multiple, coordinates: geometries.map((each: { coordinates?: unknown }) => each.coordinates) };
}

function typeOf(geometry: unknown): unknown {
  return typeof geometry === 'object' && geometry !== null && 'type' in geometry ? geometry.type : undefined;
}
