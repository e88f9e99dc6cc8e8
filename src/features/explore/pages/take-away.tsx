// How a dataset is taken away: files, programs, licence and citation.
import type { Dataset, Version } from '../../../model/dataset.ts';
import { licenceById } from '../../../model/reference.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { citationOf } from './dataset-facts.ts';

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly version: Version;
  /** Whether the original may be taken: not when personal data was removed from it. */
  readonly original: boolean;
};

export function TakeAway(props: Props) {
  return (
    <div class="columns-2">
      <Downloads {...props} />
      <div class="stack">
        <Licence {...props} />
        <Api {...props} />
      </div>
    </div>
  );
}

function Downloads({ context: { voice }, dataset, version, original }: Props) {
  const rows = voice.count('dataset.rows.one', 'dataset.rows.many', version.rows);
  const { name, bytes, sha256, encoding, format } = version.file;
  return (
    <section aria-labelledby="download" class="card">
      <h2 id="download">{voice.say('dataset.download')}</h2>
      <p>
        <a class="button" href={withQuery(urls.export(dataset.id, 'csv'), { for_spreadsheet: 'true' })}>
          {voice.say('dataset.download.csv')}
        </a>
      </p>
      <p>{voice.say('dataset.download.csv.text', { rows })}</p>
      <ul class="plain downloads">
        <li>
          <a href={urls.export(dataset.id, 'json')}>{voice.say('dataset.download.json')}</a>
          <span class="size">{rows}</span>
        </li>
        <li>
          <a href={urls.export(dataset.id, 'parquet')}>{voice.say('dataset.download.parquet')}</a>
          <span class="size">{voice.bytes(version.parquetBytes)}</span>
        </li>
        {original && (
          <li>
            <a href={urls.original(dataset.id)}>{voice.say('dataset.download.original')}</a>
            <span class="size">{voice.bytes(bytes)}</span>
            <p>{voice.say('dataset.download.original.text', { name, encoding: encoding ?? format.toUpperCase() })}</p>
          </li>
        )}
      </ul>
      <details>
        <summary>{voice.say('dataset.download.others')}</summary>
        <ul class="plain downloads">
          {otherFormats(version).map(([format, name]) => (
            <li key={format}>
              <a href={urls.pageFile(dataset.id, format)}>{name}</a>
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary>{voice.say('dataset.download.sha')}</summary>
        <p>
          <code class="breakable copy">{sha256}</code>
        </p>
      </details>
    </section>
  );
}

/** Their names are those of their standards, alike in every language. */
function otherFormats({ geometry }: Version): readonly (readonly [string, string])[] {
  const always = [
    ['xlsx', 'Excel (XLSX)'],
    ['jsonl', 'JSON Lines'],
    ['turtle', 'RDF (Turtle)'],
    ['rdfxml', 'RDF/XML'],
    ['jsonld', 'JSON-LD'],
  ] as const;
  const maps = [
    ['geojson', 'GeoJSON'],
    ['gpkg', 'GeoPackage'],
    ['shp', 'Shapefile (ZIP)'],
    ['fgb', 'FlatGeobuf'],
    ['kml', 'KML'],
    ['gpx', 'GPX'],
    ['ov2', 'TomTom (OV2)'],
  ] as const;
  return geometry === null ? always : [...always, ...maps];
}

function Licence({ context, dataset, version }: Props) {
  const { voice, site } = context;
  const licence = licenceById(dataset.licence);
  return (
    <section aria-labelledby="licence" class="card">
      <h2 id="licence">{voice.say('dataset.licence')}</h2>
      {licence === null && dataset.homologation !== null && (
        <p>{voice.say('dataset.licence.homologated', { id: dataset.licence, reference: dataset.homologation })}</p>
      )}
      {licence !== null && (
        <p>
          <a href={licence.url}>{voice.of(licence.title)}</a>. {voice.of(licence.consequence)}
        </p>
      )}
      <p>{voice.say('dataset.citation')}</p>
      <p class="citation copy breakable">{citationOf(dataset, version, voice, site.publicUrl)}</p>
    </section>
  );
}

function Api({ context: { voice, site }, dataset }: Props) {
  return (
    <section aria-labelledby="api" class="card">
      <h2 id="api">{voice.say('dataset.api')}</h2>
      <p>{voice.say('dataset.api.text')}</p>
      <pre tabindex={0}>
        <code>{`curl "${site.publicUrl}${urls.records(dataset.id)}?limit=10"`}</code>
      </pre>
      <p>
        <a href={urls.records(dataset.id)}>{voice.say('dataset.api.try')}</a> ·{' '}
        <a href={urls.api()}>{voice.say('dataset.api.docs')}</a>
      </p>
    </section>
  );
}
