// A shared table: how far it is, the files its rows come from, what is set aside and why, who is not there yet.
import type { ProblemCode } from '../../../model/problem.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { ConsolidationFacts, Contribution } from '../schemas.ts';
import { Lineage } from './lineage.tsx';

export type ConsolidationPageData = ConsolidationFacts & {
  readonly missing: readonly { readonly insee: string; readonly name: string }[];
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
  const { consolidation, contributions, coverage, missing } = data;
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
      {missing.length > 0 && (
        <section aria-labelledby="missing">
          <h2 id="missing">{voice.say('harmonisation.missing')}</h2>
          <p>{voice.say('harmonisation.missing.lead')}</p>
          <ul class="inline-list">
            {missing.map(({ insee, name }) => (
              <li key={insee}>
                <a href={urls.commune(insee)}>{name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
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

function Source({ context: { voice }, data, contribution }: Props & { readonly contribution: Contribution }) {
  const { consolidation, faultNames, fieldTitles, mayDecide } = data;
  const { datasetId, title, organization, keptRows, rejectedRows, reasons, state, missingColumns } = contribution;
  const decide = mayDecide.includes(datasetId);
  return (
    <tr>
      <th scope="row">
        {organization.name}
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
        {voice.say(`harmonisation.contribution.${state}`, { columns: missingColumns.join(', ') })}
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
function exportOf(id: string, datasetId: string): string {
  const where = new URLSearchParams({ where: `sourcedataset = '${datasetId}'` });
  return `/api/explore/v2.1/catalog/datasets/${encodeURIComponent(id)}/exports/csv?${where}`;
}
