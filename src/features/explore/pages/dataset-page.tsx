// The page of a dataset: what it is, its rows, how to take it, what its columns mean, what the reading noticed, its versions.
import type { Dataset, Version } from '../../../model/dataset.ts';
import { problemMessage } from '../../../model/problem.ts';
import { frequencyById, licenceById } from '../../../model/reference.ts';
import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { ColumnsTable } from './columns-table.tsx';
import { citationOf, datasetJsonLd } from './dataset-facts.ts';
import { RowsTable, type RowsView } from './rows-table.tsx';

export type DatasetPageData = {
  readonly dataset: Dataset;
  readonly version: Version;
  readonly versions: readonly Version[];
  readonly communes: readonly { readonly insee: string; readonly name: string }[];
  readonly rows: RowsView;
};

const problemsShown = 20;

export function DatasetPage({ context, data }: { context: PageContext; data: DatasetPageData }) {
  const { voice } = context;
  const { dataset, version } = data;
  const frequency = frequencyById(dataset.frequency);
  return (
    <Layout
      context={context}
      title={dataset.title}
      description={dataset.description}
      crumbs={[{ label: voice.say('catalog.title'), href: urls.catalog() }]}
      jsonLd={datasetJsonLd(dataset, version, context.site.publicUrl)}
    >
      <header class="dataset-head">
        <h1>{dataset.title}</h1>
        <DemoBadge demo={dataset.demo} voice={voice} />
        <p class="facts">
          <span class={`pill ${dataset.state}`}>{voice.say(`dataset.state.${dataset.state}`)}</span>
          <a href={urls.organization(dataset.organization.slug)}>{dataset.organization.name}</a>
          <span>{voice.count('dataset.rows.one', 'dataset.rows.many', version.rows)}</span>
          <span>{voice.say('dataset.updated', { date: voice.date(dataset.modifiedAt) })}</span>
          {frequency !== null && dataset.frequency !== 'UNKNOWN' && (
            <span>{voice.say('dataset.next', { frequency: voice.of(frequency.label).toLowerCase() })}</span>
          )}
        </p>
        {dataset.description.split(/\n+/).map((paragraph) => (
          <p class="lead" key={paragraph}>
            {paragraph}
          </p>
        ))}
        {dataset.source !== null && <p class="source">{voice.say('dataset.source', { source: dataset.source })}</p>}
        <Communes data={data} context={context} />
      </header>
      <RowsTable context={context} dataset={dataset} fields={version.fields} view={data.rows} />
      <div class="two-columns">
        <Downloads context={context} data={data} />
        <Licence context={context} data={data} />
      </div>
      <ColumnsTable voice={voice} version={version} />
      <Problems context={context} version={version} />
      <Versions context={context} data={data} />
    </Layout>
  );
}

function Communes({ context: { voice }, data: { communes } }: { context: PageContext; data: DatasetPageData }) {
  if (communes.length === 0 || communes.length > 8) return null;
  return (
    <p class="facts">
      <span>{voice.say('dataset.communes')}</span>
      {communes.map((c) => (
        <a key={c.insee} href={urls.commune(c.insee)}>
          {c.name}
        </a>
      ))}
    </p>
  );
}

function Downloads({
  context: { voice, site },
  data: { dataset, version },
}: {
  context: PageContext;
  data: DatasetPageData;
}) {
  const example = `${site.publicUrl}${urls.records(dataset.id)}?limit=10`;
  return (
    <section aria-labelledby="download" class="card">
      <h2 id="download">{voice.say('dataset.download')}</h2>
      <p>
        <a class="button" href={urls.export(dataset.id, 'csv')}>
          {voice.say('dataset.download.csv')}
        </a>
      </p>
      <ul class="plain">
        <li>
          <a href={urls.export(dataset.id, 'json')}>{voice.say('dataset.download.json')}</a>
        </li>
        <li>
          <a href={urls.export(dataset.id, 'parquet')}>
            {voice.say('dataset.download.parquet', { size: voice.bytes(version.parquetBytes) })}
          </a>
        </li>
        <li>
          <a href={urls.original(dataset.id)}>
            {voice.say('dataset.download.original', { size: voice.bytes(version.file.bytes) })}
          </a>
        </li>
      </ul>
      <details>
        <summary>{voice.say('dataset.download.sha')}</summary>
        <p>
          <code class="breakable">{version.file.sha256}</code>
        </p>
      </details>
      <h3>{voice.say('dataset.api')}</h3>
      <p>{voice.say('dataset.api.text')}</p>
      <pre>
        <code>{`curl "${example}"`}</code>
      </pre>
    </section>
  );
}

function Licence({ context, data: { dataset } }: { context: PageContext; data: DatasetPageData }) {
  const { voice } = context;
  const licence = licenceById(dataset.licence);
  return (
    <section aria-labelledby="licence" class="card">
      <h2 id="licence">{voice.say('dataset.licence')}</h2>
      {licence !== null && (
        <p>
          <a href={licence.url}>{voice.of(licence.title)}</a>
        </p>
      )}
      <p>{voice.say(dataset.licence === 'odc-odbl' ? 'dataset.licence.odbl' : 'dataset.licence.text')}</p>
      <p class="citation">
        {voice.say('dataset.citation', { citation: citationOf(dataset, voice, context.site.publicUrl) })}
      </p>
    </section>
  );
}

function Problems({ context: { voice }, version }: { context: PageContext; version: Version }) {
  const { problems } = version;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{voice.say('dataset.problems')}</h2>
      {problems.length === 0 ? (
        <p>{voice.say('dataset.problems.none')}</p>
      ) : (
        <ul class="problems">
          {problems.slice(0, problemsShown).map((p, index) => (
            <li key={index} class={p.severity}>
              {problemMessage(p, voice.lang)}
            </li>
          ))}
          {problems.length > problemsShown && (
            <li>{voice.say('dataset.problems.more', { count: voice.number(problems.length - problemsShown) })}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function Versions({
  context: { voice },
  data: { dataset, versions },
}: {
  context: PageContext;
  data: DatasetPageData;
}) {
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{voice.say('dataset.versions')}</h2>
      <ol class="versions" reversed>
        {versions.map((v) => (
          <li key={v.number} value={v.number}>
            {voice.say('dataset.version', {
              number: v.number,
              date: voice.date(v.createdAt),
              rows: voice.count('dataset.rows.one', 'dataset.rows.many', v.rows),
            })}{' '}
            ·{' '}
            <a href={urls.versionOriginal(dataset.id, v.number)}>
              {voice.say('dataset.version.original', { number: v.number })}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
