// Rows as RDF: Turtle (also N3), RDF/XML and JSON-LD. A row is a blank node of the dataset; a column is a property of its own.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { ExportRequest, TypedColumn } from './request.ts';
import type { TextFormat } from './text-format.ts';
import { distinctNames, escapeXml, isoMoment, textValue, wktOf, xmlName, xmlText } from './values.ts';

const xsd = 'http://www.w3.org/2001/XMLSchema#';
const wkt = 'http://www.opengis.net/ont/geosparql#wktLiteral';

/** The names of columns as properties have them: RDF/XML wants names that are names of elements. */
function localNames(columns: readonly TypedColumn[]): readonly string[] {
  return distinctNames(
    columns.map(({ name }) => name),
    xmlName,
  );
}

/** The property that a column is. */
function propertyOf({ subject }: ExportRequest, localName: string | undefined): string {
  return `${iri(subject.iri)}#${localName ?? ''}`;
}

/** What an IRI may not hold is escaped. */
function iri(text: string): string {
  return text.replace(/[\s<>"{}|\\^`]/g, encodeURIComponent);
}

/** The datatype of a column's values; null for plain texts. */
function datatypeOf({ kind, type }: TypedColumn): string | null {
  switch (kind) {
    case 'number':
      return `${xsd}${/^(DOUBLE|FLOAT|DECIMAL)/.test(type) ? 'double' : 'integer'}`;
    case 'boolean':
      return `${xsd}boolean`;
    case 'date':
      return `${xsd}date`;
    case 'datetime':
      return `${xsd}dateTime`;
    case 'time':
      return `${xsd}time`;
    case 'point':
    case 'shape':
      return wkt;
    default:
      return null;
  }
}

/** The lexical form of a value; null stays null. */
function lexical({ kind, name }: TypedColumn): string {
  const sql = quoteIdentifier(name);
  return kind === 'point' || kind === 'shape' ? wktOf(kind, sql) : textValue(kind, sql);
}

export const turtleFormat: TextFormat = (request, columns) => {
  const names = localNames(columns);
  const values = columns.map((column, i) => {
    const datatype = datatypeOf(column);
    const slashed = `replace(${lexical(column)}, '\\', '\\\\')`;
    const escaped = `replace(replace(replace(${slashed}, '"', '\\"'), chr(10), '\\n'), chr(13), '\\r')`;
    const end = datatype === null ? '"' : `"^^${datatype === wkt ? `<${wkt}>` : `xsd:${datatype.slice(xsd.length)}`}`;
    return `coalesce(${quoteLiteral(` ;\n  <${propertyOf(request, names[i])}> "`)} || ${escaped} || ${quoteLiteral(end)}, '')`;
  });
  return {
    head: `@prefix dct: <http://purl.org/dc/terms/> .\n@prefix xsd: <${xsd}> .\n\n`,
    tail: '\n',
    commas: false,
    row: [quoteLiteral(`[] dct:isPartOf <${iri(request.subject.iri)}>`), ...values, "' .'"].join(' || '),
  };
};

export const rdfxmlFormat: TextFormat = (request, columns) => {
  const names = localNames(columns);
  const values = columns.map((column, i) => {
    const datatype = datatypeOf(column);
    const typed = datatype === null ? '' : ` rdf:datatype="${datatype}"`;
    return `coalesce(${quoteLiteral(`<f:${names[i]}${typed}>`)} || ${xmlText(lexical(column))} || ${quoteLiteral(`</f:${names[i]}>`)}, '')`;
  });
  const about = escapeXml(iri(request.subject.iri));
  return {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/" xmlns:f="${about}#">\n`,
    tail: '\n</rdf:RDF>\n',
    commas: false,
    row: [
      quoteLiteral(`<rdf:Description><dct:isPartOf rdf:resource="${about}"/>`),
      ...values,
      "'</rdf:Description>'",
    ].join(' || '),
  };
};

export const jsonldFormat: TextFormat = (request, columns) => {
  const context: Record<string, unknown> = { '@vocab': `${iri(request.subject.iri)}#` };
  const names = localNames(columns);
  for (const [i, column] of columns.entries()) {
    const datatype = datatypeOf(column);
    // Numbers and booleans of JSON carry their type.
    const native = column.kind === 'number' || column.kind === 'boolean';
    context[termOf(column.name)] =
      datatype === null || native
        ? { '@id': propertyOf(request, names[i]) }
        : { '@id': propertyOf(request, names[i]), '@type': datatype };
  }
  const values = columns.flatMap((column) => [quoteLiteral(termOf(column.name)), jsonLiteral(column)]);
  const part = `'{"http://purl.org/dc/terms/isPartOf":{"@id":' || ${quoteLiteral(JSON.stringify(iri(request.subject.iri)))} || '}'`;
  // What has no value is not said: null would say nothing either, and weigh as much.
  const members = `CAST(json_object(${values.join(', ')}) AS VARCHAR)`;
  return {
    head: `{"@context":${JSON.stringify(context)},"@graph":[\n`,
    tail: '\n]}\n',
    commas: true,
    row: columns.length === 0 ? `${part} || '}'` : `${part} || ',' || substr(${members}, 2)`,
  };
};

/** A term that looks like a keyword would be one. */
function termOf(name: string): string {
  return name.startsWith('@') ? `_${name}` : name;
}

function jsonLiteral(column: TypedColumn): string {
  const sql = quoteIdentifier(column.name);
  if (column.kind === 'number') return `CASE WHEN isfinite(CAST(${sql} AS DOUBLE)) THEN ${sql} END`;
  if (column.kind === 'boolean') return sql;
  return column.kind === 'datetime' ? isoMoment(sql) : lexical(column);
}
