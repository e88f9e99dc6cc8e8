// A shared table: how far it is, the files its rows come from, what is set aside and why, who is not there yet.
import type { ProblemCode } from '../../../model/problem.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { CommuneCoverage, ConsolidationFacts, Contribution, DuplicateCounts } from '../schemas.ts';
import { Coverage, type CoverageDrawing } from './coverage-map.tsx';
import { countsIn } from './duplicates-page.tsx';
import { Lineage } from './lineage.tsx';

export type ConsolidationPageData = ConsolidationFacts & {
  readonly communes: readonly CommuneCoverage[];
  readonly drawing: CoverageDrawing | null;
  readonly duplicates: DuplicateCounts;
  /** The version in force of the schema, when this table follows an older one. */
  readonly newer: {
    readonly version: string;
    readonly broken: readonly { readonly contribution: Contribution; readonly fields: readonly string[] }[];
  } | null;
  /** Datasets whose columns the reader may set. */
  readonly mayDecide: readonly string[];
  readonly mayManage: boolean;
  /** A short word for each kind of fault. */
  readonly faultNames: Readonly<Partial<Record<ProblemCode | string, string>>>;
  readonly fieldTitles: Readonly<Record<string, string>>;
};

type Props = { readonly context: PageContext; readonly data: ConsolidationPageData };

export function ConsolidationPage({ context, data }: Props) {
  const { voice } = context;
  const { consolidation, contributions, coverage } = data;
  return (
    <Layout
      context={context}
      title={consolidation.title}
      description={consolidation.description}
      crumbs={[{ label: voice.say('harmonisation.title'), href: urls.harmonisation() }]}
    >
      <h1 lang={voice.written}>{consolidation.title}</h1>
      <p class="lead" lang={voice.written}>
        {voice.typeset(consolidation.description)}
      </p>
      <p class="facts">
        <strong>
          {voice.say('harmonisation.coverage', {
            covered: voice.number(coverage.covered),
            communes: voice.number(coverage.communes),
            rows: voice.number(coverage.rows),
          })}
        </strong>{' '}
        <span class={`pill ${coverage.state}`}>{voice.say(`harmonisation.state.${coverage.state}`)}</span>
      </p>
      <p>
        {consolidation.builtAt !== null && (
          <a class="button" href={urls.dataset(consolidation.id)}>
            {voice.say('harmonisation.see')}
          </a>
        )}{' '}
        <a href={urls.schema(consolidation.schema)}>{voice.say('harmonisation.schema')}</a>
      </p>
      {consolidation.builtAt !== null && (
        <p>
          {countsIn(voice, data.duplicates)} ·{' '}
          <a href={urls.duplicates(consolidation.id)}>{voice.say('duplicates.link')}</a>
        </p>
      )}
      <Newer context={context} data={data} />
      <Coverage
        voice={voice}
        communes={data.communes}
        drawing={data.drawing}
        id={consolidation.id}
        schema={consolidation.schema}
      />
      {consolidation.builtAt !== null && (
        <section aria-labelledby="downloads">
          <h2 id="downloads">{voice.say('coverage.downloads')}</h2>
          <p class="stage-ends">
            <a class="button" href={urls.apiExport(consolidation.id, 'csv')}>
              {voice.say('coverage.whole')}
            </a>
            <a href={urls.apiExport(consolidation.id, 'xlsx')}>{voice.say('coverage.whole.xlsx')}</a>
          </p>
          <p>{voice.say('coverage.parts')}</p>
        </section>
      )}
      <section aria-labelledby="sources">
        <h2 id="sources">{voice.say('harmonisation.sources')}</h2>
        <Lineage voice={voice} title={consolidation.title} contributions={contributions} />
        <div class="scroll" role="region" aria-label={voice.say('harmonisation.sources.caption')} tabindex={0}>
          <table>
            <caption>{voice.say('harmonisation.sources.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{voice.say('harmonisation.source')}</th>
                <th scope="col">{voice.say('harmonisation.version')}</th>
                <th scope="col">{voice.say('harmonisation.rows')}</th>
                <th scope="col">{voice.say('harmonisation.rejected')}</th>
                <th scope="col">{voice.say('harmonisation.standing')}</th>
              </tr>
            </thead>
            <tbody>
              {contributions.map((each) => (
                <Source context={context} data={data} contribution={each} key={each.datasetId} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {data.mayManage && (
        <form method="post" action={urls.contributions(consolidation.id)} class="stack narrow">
          <h2>{voice.say('harmonisation.add')}</h2>
          <label for="dataset">{voice.say('harmonisation.add.id')}</label>
          <input id="dataset" name="dataset" required maxLength={200} autocomplete="off" />
          <button type="submit">{voice.say('harmonisation.add.button')}</button>
        </form>
      )}
    </Layout>
  );
}

/** For who answers for the table: what moving to the newest version of the schema does. */
function Newer({ context: { voice }, data: { newer, mayManage, consolidation } }: Props) {
  if (newer === null || !mayManage) return null;
  return (
    <section aria-labelledby="newer" class="card">
      <h2 id="newer">{voice.say('newer.title')}</h2>
      <p>{voice.say('newer.lead', { before: consolidation.schemaVersion ?? '–', after: newer.version })}</p>
      {newer.broken.length === 0 ? (
        <p>{voice.say('newer.none')}</p>
      ) : (
        <>
          <ul>
            {newer.broken.map(({ contribution, fields }) => (
              <li key={contribution.datasetId}>
                {voice.say('newer.broken', { producer: contribution.organization.name, fields: fields.join(', ') })}
              </li>
            ))}
          </ul>
          <p>{voice.say('newer.kept')}</p>
        </>
      )}
      <form method="post" action={urls.consolidationSchema(consolidation.id)}>
        <button type="submit">{voice.say('newer.move', { version: newer.version })}</button>
      </form>
    </section>
  );
}

function Source({ context: { voice }, data, contribution }: Props & { readonly contribution: Contribution }) {
  const { consolidation, faultNames, fieldTitles, mayDecide } = data;
  const { datasetId, title, organization, keptRows, rejectedRows, reasons, state } = contribution;
  const missing = [...contribution.missingColumns, ...contribution.missingFields];
  const decide = mayDecide.includes(datasetId);
  return (
    <tr>
      <th scope="row">
        <a href={urls.mutualisation(organization.slug)}>{organization.name}</a>
        <br />
        <a href={urls.dataset(datasetId)} lang={voice.written}>
          {title}
        </a>
      </th>
      <td class="number">{contribution.keptVersion ?? '–'}</td>
      <td class="number">
        {voice.number(keptRows)}
        {keptRows > 0 && (
          <>
            <br />
            <a
              href={exportOf(consolidation.id, datasetId)}
              aria-label={voice.say('harmonisation.download.of', { name: organization.name })}
            >
              {voice.say('harmonisation.download')}
            </a>
          </>
        )}
      </td>
      <td class="number">
        {voice.number(rejectedRows)}
        {rejectedRows > 0 && (
          <ul class="plain">
            {reasons.slice(0, 4).map(({ field, code, rows }) => (
              <li key={`${field} ${code}`}>
                {fieldTitles[field] ?? field} : {faultNames[code] ?? code} ({voice.number(rows)})
              </li>
            ))}
          </ul>
        )}
        {rejectedRows > 0 && decide && (
          <a href={urls.rejected(consolidation.id, datasetId)}>{voice.say('harmonisation.setAside.file')}</a>
        )}
      </td>
      <td>
        {voice.say(`harmonisation.contribution.${state}`, { columns: missing.join(', ') })}
        {decide && (
          <>
            <br />
            <a
              href={urls.contribution(consolidation.id, datasetId)}
              aria-label={voice.say('harmonisation.columns.of', { title })}
            >
              {voice.say('harmonisation.columns')}
            </a>
          </>
        )}
      </td>
    </tr>
  );
}

/** The rows of one producer, by the platform's own API. */
export function exportOf(id: string, datasetId: string, format: 'csv' | 'xlsx' = 'csv'): string {
  const where = new URLSearchParams({ where: `sourcedataset = '${datasetId}'` });
  return `/api/explore/v2.1/catalog/datasets/${encodeURIComponent(id)}/exports/${format}?${where}`;
}
