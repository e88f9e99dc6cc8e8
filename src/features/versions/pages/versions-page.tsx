// The list of a dataset's versions, newest first, with those that were destroyed in their place.
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { Purge } from '../../../model/purge.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';

export type VersionsPageData = {
  readonly dataset: Dataset;
  readonly versions: readonly Version[];
  readonly purges: readonly Purge[];
};

export function VersionsPage({ context, data }: { readonly context: PageContext; readonly data: VersionsPageData }) {
  const { voice } = context;
  const { dataset, versions, purges } = data;
  const title = voice.say('versions.title', { title: dataset.title });
  const gone = purges.flatMap((purge) => purge.versions.map((number) => ({ number, purge })));
  const entries = [
    ...versions.map((version) => ({
      number: version.number,
      element: <Live context={context} dataset={dataset} version={version} />,
    })),
    ...gone.map(({ number, purge }) => ({
      number,
      element: (
        <>
          <a href={urls.version(dataset.id, number)}>{voice.say('purged.title', { number })}</a>{' '}
          <span class="size">{voice.date(purge.at)}</span>
        </>
      ),
    })),
  ].toSorted((a, b) => b.number - a.number);
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('catalog.title'), href: urls.catalog() },
        { label: dataset.title, href: urls.dataset(dataset.id) },
      ]}
    >
      <h1>{title}</h1>
      <p class="lead">{voice.say('versions.intro')}</p>
      {dataset.verifiedAt !== null && <p>{voice.say('versions.verified', { date: voice.date(dataset.verifiedAt) })}</p>}
      <ul class="plain downloads">
        {entries.map(({ number, element }) => (
          <li key={number}>{element}</li>
        ))}
      </ul>
    </Layout>
  );
}

function Live({ context: { voice }, dataset, version }: { context: PageContext; dataset: Dataset; version: Version }) {
  const { number, createdAt, rows, restoredFrom } = version;
  const shown = dataset.version?.number ?? 0;
  return (
    <>
      <span>
        {voice.say('dataset.version', {
          number,
          date: voice.date(createdAt),
          rows: voice.count('dataset.rows.one', 'dataset.rows.many', rows),
        })}{' '}
        {number === shown && <span class="pill published">{voice.say('versions.current')}</span>}
        {number > shown && <span class="pill draft">{voice.say('versions.draft')}</span>}
        {restoredFrom !== null && <span class="size">{voice.say('versions.restored', { number: restoredFrom })}</span>}
      </span>
      <a href={urls.version(dataset.id, number)}>{voice.say('versions.see', { number })}</a>
    </>
  );
}
