// The page of a dataset: what it is, its rows, how to take it, what its columns mean, what the reading noticed, its versions.

import { contactUrl } from '../../../model/contact.ts';
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { PublicOpening } from '../../../model/opening.ts';
import { type Problem, problemMessage } from '../../../model/problem.ts';
import { frequencyById, licenceById } from '../../../model/reference.ts';
import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import type { ListedDataset } from '../../../web/components/listed-dataset.ts';
import { WhyOpen } from '../../../web/components/why-open.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { datasetSharing } from '../../../web/share.ts';
import { urls } from '../../../web/urls.ts';
import type { Freshness } from '../../catalog/schemas.ts';
import { Answer } from './answer.tsx';
import type { ChartView } from './chart-figure.tsx';
import { ColumnsTable } from './columns-table.tsx';
import { datasetJsonLd } from './dataset-facts.ts';
import { Explorer } from './explorer.tsx';
import type { ExplorerData } from './explorer-data.ts';
import { QualityList } from './quality-list.tsx';
import { Similar } from './similar.tsx';
import { TakeAway } from './take-away.tsx';

export type DatasetPageData = {
  readonly dataset: Dataset;
  readonly version: Version;
  readonly versions: readonly Version[];
  /** Those the data is about. */
  readonly communes: readonly { readonly insee: string; readonly name: string }[];
  /** Whether the data keeps its announced rhythm, and when the next update is expected. */
  readonly rhythm: { readonly freshness: Freshness; readonly dueAt: Date | null };
  readonly explorer: ExplorerData;
  /** The chart that answers first; null when no column lends itself to one. */
  readonly answer: ChartView | null;
  readonly similar: readonly ListedDataset[];
  /** Why it is open; null when nobody reviewed this version here. */
  readonly opening: PublicOpening | null;
};
type Props = { readonly context: PageContext; readonly data: DatasetPageData };

const problemsShown = 20;
const communesShown = 6;
const parts = ['rows', 'download', 'api', 'columns', 'licence', 'problems', 'versions'] as const;

export function DatasetPage({ context, data }: Props) {
  const { voice } = context;
  const { dataset, version } = data;
  return (
    <Layout
      context={context}
      title={dataset.title}
      description={dataset.description}
      crumbs={[{ label: voice.say('catalog.title'), href: urls.catalog() }]}
      jsonLd={datasetJsonLd(dataset, version, context.site)}
      sharing={datasetSharing(dataset, voice)}
    >
      <div class="dataset-head">
        <div>
          <h1 lang={voice.written}>{dataset.title}</h1>
          <p class="facts">
            <span class={`pill ${dataset.state}`}>{voice.say(`dataset.state.${dataset.state}`)}</span>
            <DemoBadge demo={dataset.demo} voice={voice} />
          </p>
          {dataset.description.split(/\n+/).map((paragraph) => (
            <p class="lead" key={paragraph} lang={voice.written}>
              {voice.typeset(paragraph)}
            </p>
          ))}
          <nav class="jumps" aria-label={voice.say('dataset.jumps')}>
            <ul class="chips">
              {parts.map((part) => (
                <li key={part}>
                  <a href={`#${part}`}>{voice.say(`dataset.part.${part}`)}</a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        <Rail context={context} data={data} />
      </div>
      <Answer
        context={context}
        dataset={dataset}
        version={version}
        choices={data.explorer.choices}
        chart={data.answer}
      />
      <Explorer context={context} data={data.explorer} />
      <TakeAway context={context} dataset={dataset} version={version} original={isOriginalPublic(data)} />
      <ColumnsTable voice={voice} version={version} />
      {data.opening !== null && (
        <WhyOpen opening={data.opening} organization={dataset.organization.name} voice={voice} />
      )}
      <QualityList voice={voice} dataset={dataset} version={version} freshness={data.rhythm.freshness} />
      <Problems context={context} problems={version.problems} />
      <Versions context={context} data={data} />
      <Similar context={context} datasets={data.similar} />
    </Layout>
  );
}

/** A file whose columns were removed or masked is not given: it holds what they held. */
function isOriginalPublic({ opening }: DatasetPageData): boolean {
  return opening === null || opening.treated.length === 0;
}

/** The facts that people look for first: from whom, how fresh, how much, where. */
function Rail({ context: { voice }, data }: Props) {
  const { dataset, version, rhythm } = data;
  const frequency = frequencyById(dataset.frequency);
  const licence = licenceById(dataset.licence);
  return (
    <dl class="rail">
      <div>
        <dt>{voice.say('dataset.producer')}</dt>
        <dd>
          <a href={urls.organization(dataset.organization.slug)}>{dataset.organization.name}</a>
        </dd>
      </div>
      <div>
        <dt>{voice.say('dataset.lastUpdate')}</dt>
        <dd>
          {voice.date(version.createdAt)}{' '}
          <span class={`pill ${rhythm.freshness}`}>{voice.freshness(rhythm.freshness)}</span>
        </dd>
      </div>
      <div>
        <dt>{voice.say('dataset.rhythm')}</dt>
        <dd>
          {frequency !== null && voice.of(frequency.label)}
          {dataset.dueDay !== null &&
            rhythm.dueAt !== null &&
            ` ${voice.say('dataset.rhythm.before', { day: voice.dayOfYear(dataset.dueDay) })}`}
          {rhythm.dueAt !== null && (
            <>
              <br />
              {voice.say('dataset.due', { date: voice.date(rhythm.dueAt) })}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{voice.say('dataset.size')}</dt>
        <dd>
          {voice.say('dataset.size.text', {
            rows: voice.count('dataset.rows.one', 'dataset.rows.many', version.rows),
            columns: voice.count('dataset.columnCount.one', 'dataset.columnCount.many', version.fields.length),
          })}
        </dd>
      </div>
      <Communes context={{ voice }} data={data} />
      {licence !== null && (
        <div>
          <dt>{voice.say('dataset.licence.short')}</dt>
          <dd>{voice.of(licence.title)}</dd>
        </div>
      )}
      {licence === null && dataset.homologation !== null && (
        <div>
          <dt>{voice.say('dataset.licence.short')}</dt>
          <dd>{voice.say('dataset.licence.homologated', { id: dataset.licence, reference: dataset.homologation })}</dd>
        </div>
      )}
      {dataset.contact !== null && (
        <div>
          <dt>{voice.say('dataset.contact')}</dt>
          <dd>
            <a href={contactUrl(dataset.contact)}>{dataset.contact}</a>
          </dd>
        </div>
      )}
      {dataset.source !== null && (
        <div>
          <dt>{voice.say('dataset.source')}</dt>
          <dd lang={voice.written}>{dataset.source}</dd>
        </div>
      )}
    </dl>
  );
}

function Communes({ context: { voice }, data }: { context: Pick<PageContext, 'voice'>; data: DatasetPageData }) {
  const { communes } = data;
  if (communes.length === 0) return null;
  return (
    <div>
      <dt>{voice.say('dataset.communes')}</dt>
      <dd>
        {communes.length > communesShown
          ? voice.say('dataset.communes.many', { count: voice.number(communes.length) })
          : communes.map((c, index) => (
              <>
                {index > 0 && ', '}
                <a href={urls.commune(c.insee)}>{c.name}</a>
              </>
            ))}
      </dd>
    </div>
  );
}

function Problems({ context: { voice }, problems }: { context: PageContext; problems: readonly Problem[] }) {
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{voice.say('dataset.problems')}</h2>
      {problems.length === 0 ? (
        <p>{voice.say('dataset.problems.none')}</p>
      ) : (
        <>
          <p>{voice.say('dataset.problems.intro')}</p>
          <ul class="problems">
            {problems.slice(0, problemsShown).map((p, index) => (
              <li key={index} class={p.severity}>
                <strong>{voice.say(`severity.${p.severity}`)}</strong>
                {voice.typeset(problemMessage(p, voice.lang))}
              </li>
            ))}
            {problems.length > problemsShown && (
              <li>{voice.say('dataset.problems.more', { count: voice.number(problems.length - problemsShown) })}</li>
            )}
          </ul>
        </>
      )}
    </section>
  );
}

function Versions({ context: { voice }, data }: Props) {
  const { dataset, versions } = data;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{voice.say('dataset.versions')}</h2>
      <ul class="plain downloads">
        {versions.map((v) => (
          <li key={v.number}>
            <span>
              {voice.say('dataset.version', {
                number: v.number,
                date: voice.date(v.createdAt),
                rows: voice.count('dataset.rows.one', 'dataset.rows.many', v.rows),
              })}
            </span>
            {(v.number !== data.version.number || isOriginalPublic(data)) && (
              <a href={urls.versionOriginal(dataset.id, v.number)}>
                {voice.say('dataset.version.original', { number: v.number })}
              </a>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href={urls.versions(dataset.id)}>{voice.say('versions.all')}</a>
      </p>
    </section>
  );
}
