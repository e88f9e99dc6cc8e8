// A small RDF tree and its two texts: Turtle and RDF/XML. Written resource by resource, so that a large catalogue streams.

/** Prefixes of the vocabularies that we write. */
export const prefixes = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  dcatap: 'http://data.europa.eu/r5r/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  spdx: 'http://spdx.org/rdf/terms#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  geo: 'http://www.opengis.net/ont/geosparql#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
} as const;
type Prefix = keyof typeof prefixes;
/** `dct:title`. */
export type Name = `${Prefix}:${string}`;

export type Value =
  | { readonly iri: string }
  | { readonly text: string; readonly lang?: string; readonly type?: Name }
  /** A resource written where it is used: without an address, or once. */
  | Resource;

export type Resource = {
  /** Its address; absent for one that has none. */
  readonly id?: string;
  readonly types: readonly Name[];
  readonly properties: readonly (readonly [Name, Value])[];
};

export const iri = (address: string): Value => ({ iri: address });
export const text = (value: string): Value => ({ text: value });
export const french = (value: string): Value => ({ text: value, lang: 'fr' });
export const typed = (value: string | number, type: Name): Value => ({ text: String(value), type });

/** A format's beginning, each resource, its end. */
export type RdfText = {
  readonly type: string;
  readonly head: string;
  readonly foot: string;
  resource(resource: Resource): string;
};

export const turtle: RdfText = {
  type: 'text/turtle; charset=utf-8',
  head: `${Object.entries(prefixes)
    .map(([prefix, address]) => `@prefix ${prefix}: <${address}> .`)
    .join('\n')}\n`,
  foot: '',
  resource: (resource) => `\n${turtleSubject(resource)} ${turtleBody(resource, '  ')} .\n`,
};

function turtleSubject({ id }: Resource): string {
  return id === undefined ? '[]' : turtleIri(id);
}

function turtleBody({ types, properties }: Resource, indent: string): string {
  const lines = properties.map(([name, value]) => `${name} ${turtleValue(value, indent)}`);
  return [`a ${types.join(', ')}`, ...lines].join(` ;\n${indent}`);
}

function turtleValue(value: Value, indent: string): string {
  if ('iri' in value) return turtleIri(value.iri);
  if ('text' in value) {
    const suffix = value.lang !== undefined ? `@${value.lang}` : value.type !== undefined ? `^^${value.type}` : '';
    return `${turtleText(value.text)}${suffix}`;
  }
  // One that has an address is written on its own, where it comes first.
  return value.id === undefined ? `[ ${turtleBody(value, `${indent}  `)} ]` : turtleIri(value.id);
}

/** What an IRI may not hold is percent-encoded. */
function turtleIri(address: string): string {
  return `<${safeIri(address)}>`;
}

function safeIri(address: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return address.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign));
}

function turtleText(value: string): string {
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${value.replace(/[\\"\n\r\t]/g, (sign) => escapes[sign] ?? sign)}"`;
}

export const rdfXml: RdfText = {
  type: 'application/rdf+xml; charset=utf-8',
  head: `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${Object.entries(prefixes)
    .map(([prefix, address]) => ` xmlns:${prefix}="${address}"`)
    .join('')}>\n`,
  foot: '</rdf:RDF>\n',
  resource: (resource) => `${xmlResource(resource, '  ')}\n`,
};

function xmlResource({ id, types, properties }: Resource, indent: string): string {
  const [first = 'rdf:Description', ...others] = types;
  const about = id === undefined ? '' : ` rdf:about="${xmlText(safeIri(id))}"`;
  const inner = [
    ...others.map((type) => `<rdf:type rdf:resource="${xmlText(wholeName(type))}"/>`),
    ...properties.map(([name, value]) => xmlProperty(name, value, `${indent}  `)),
  ];
  return `${indent}<${first}${about}>\n${inner.map((line) => `${indent}  ${line}\n`).join('')}${indent}</${first}>`;
}

function xmlProperty(name: Name, value: Value, indent: string): string {
  if ('iri' in value) return `<${name} rdf:resource="${xmlText(safeIri(value.iri))}"/>`;
  if ('text' in value) {
    const lang = value.lang === undefined ? '' : ` xml:lang="${value.lang}"`;
    const type = value.type === undefined ? '' : ` rdf:datatype="${xmlText(wholeName(value.type))}"`;
    return `<${name}${lang}${type}>${xmlText(value.text)}</${name}>`;
  }
  if (value.id !== undefined) return `<${name} rdf:resource="${xmlText(safeIri(value.id))}"/>`;
  return `<${name}>\n${xmlResource(value, `${indent}  `)}\n${indent}</${name}>`;
}

function wholeName(name: Name): string {
  const [prefix = '', ...rest] = name.split(':');
  return `${prefixes[prefix as Prefix]}${rest.join(':')}`;
}

/** A text as XML 1.0 holds it: the control characters that it cannot hold are left out. */
export function xmlText(value: string): string {
  return (
    value
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** The resources inside a resource that have an address of their own, each before what uses it. */
export function addressed(resource: Resource): readonly Resource[] {
  const inside = resource.properties.flatMap(([, value]) => ('properties' in value ? addressed(value) : []));
  return resource.id === undefined ? inside : [...inside, resource];
}
