// « Ce que la mutualisation vous rend » : the figures of one producer, table by table, and its rows to take back in common words.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { GivenBack } from '../schemas.ts';
import { exportOf } from './consolidation-page.tsx';

export type MutualisationPageData = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly tables: readonly GivenBack[];
  /** Whether the reader may see what was set aside. */
  readonly mayDecide: boolean;
};

type Props = { readonly context: PageContext; readonly data: MutualisationPageData };

export function MutualisationPage({ context, data }: Props) {
  const { voice } = context;
  const { organization, tables } = data;
  const title = voice.say('givenBack.title');
  return (
    <Layout
      context={context}
      title={`${title} · ${organization.name}`}
      crumbs={[
        { label: voice.say('shell.organizations'), href: urls.organizations() },
        { label: organization.name, href: urls.organization(organization.slug) },
      ]}
    >
      <h1>{title}</h1>
      <p class="lead">{voice.say('givenBack.lead', { name: organization.name })}</p>
      {tables.length === 0 && (
        <p>
          {voice.say('givenBack.none')} <a href={urls.harmonisation()}>{voice.say('harmonisation.title')}</a>
        </p>
      )}
      {tables.map((table) => (
        <Table key={`${table.id} ${table.datasetId}`} context={context} data={data} table={table} />
      ))}
    </Layout>
  );
}

function Table({ context: { voice }, data, table }: Props & { readonly table: GivenBack }) {
  const { id, datasetId, rows, rejected, fields, learned, producers, otherRows, duplicates } = table;
  const figures = [
    [rows, 'givenBack.rows'],
    [fields, 'givenBack.fields'],
    [learned, 'givenBack.learned'],
    [producers, 'givenBack.producers'],
    [otherRows, 'givenBack.otherRows'],
    [duplicates, 'givenBack.duplicates'],
    [rejected, 'givenBack.rejected'],
  ] as const;
  return (
    <article class="card">
      <h2>
        <a href={urls.consolidation(id)} lang={voice.written}>
          {table.title}
        </a>
      </h2>
      <p>
        <a href={urls.dataset(datasetId)} lang={voice.written}>
          {table.datasetTitle}
        </a>
      </p>
      <dl class="given-back">
        {figures.map(([figure, label]) => (
          <div key={label}>
            <dt>{voice.say(label)}</dt>
            <dd>{voice.number(figure)}</dd>
          </div>
        ))}
      </dl>
      {rows > 0 && (
        <p class="stage-ends">
          <a class="button" href={exportOf(id, datasetId, 'csv')}>
            {voice.say('givenBack.take.csv')}
          </a>
          <a href={exportOf(id, datasetId, 'xlsx')}>{voice.say('givenBack.take.xlsx')}</a>
          {data.mayDecide && rejected > 0 && (
            <a href={urls.rejected(id, datasetId)}>{voice.say('harmonisation.setAside.file')}</a>
          )}
        </p>
      )}
      <p class="source">{voice.say('givenBack.how')}</p>
    </article>
  );
}
