// The pages of those who publish: producers, communes, and each of them.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { CommuneSummary, CommuneWithDatasets, DatasetSummary, OrganizationSummary } from '../schemas.ts';

export function OrganizationsPage({
  context,
  data,
}: {
  context: PageContext;
  data: { readonly organizations: readonly OrganizationSummary[] };
}) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('organizations.title')} crumbs={[]}>
      <h1>{voice.say('organizations.title')}</h1>
      <p class="lead">{voice.say('organizations.intro')}</p>
      <ul class="people">
        {data.organizations.map((o) => (
          <li key={o.slug}>
            <a href={urls.organization(o.slug)}>{o.name}</a>
            <span>{voice.say(`kind.${o.kind}`)}</span>
            <span>{voice.count('datasets.one', 'datasets.many', o.datasets)}</span>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

export type OrganizationData = {
  readonly organization: OrganizationSummary;
  readonly datasets: readonly DatasetSummary[];
};

export function OrganizationPage({
  context,
  data: { organization, datasets },
}: {
  context: PageContext;
  data: OrganizationData;
}) {
  const { voice } = context;
  const crumbs = [{ label: voice.say('organizations.title'), href: urls.organizations() }];
  return (
    <Layout context={context} title={organization.name} crumbs={crumbs}>
      <h1>{organization.name}</h1>
      <p class="facts">
        <span>{voice.say(`kind.${organization.kind}`)}</span>
        {organization.siren !== null && <span>{`${voice.say('commune.siren')} ${organization.siren}`}</span>}
        {organization.insee !== null && <a href={urls.commune(organization.insee)}>{voice.say('commune.facts')}</a>}
      </p>
      {organization.description !== null && <p>{organization.description}</p>}
      <h2>{voice.say('organization.datasets')}</h2>
      {datasets.length === 0 ? (
        <p class="empty">{voice.say('organization.none')}</p>
      ) : (
        <DatasetList datasets={datasets} voice={voice} level={3} />
      )}
      {organization.datasets > datasets.length && (
        <p>
          <a href={withQuery(urls.catalog(), { organization: organization.slug })}>{voice.say('organization.all')}</a>
        </p>
      )}
    </Layout>
  );
}

export type CommunesData = { readonly q: string; readonly communes: readonly CommuneSummary[] };

export function CommunesPage({ context, data: { q, communes } }: { context: PageContext; data: CommunesData }) {
  const { voice } = context;
  return (
    <Layout context={context} title={voice.say('communes.title')} crumbs={[]}>
      <h1>{voice.say('communes.title')}</h1>
      <form action={urls.communes()} role="search" class="search">
        <label for="q">{voice.say('communes.search')}</label>
        <div class="field-row">
          <input id="q" name="q" type="search" value={q} />
          <button type="submit">{voice.say('catalog.search.button')}</button>
        </div>
      </form>
      {communes.length === 0 && (
        <p role="status" class="empty">
          {voice.say('communes.none')}
        </p>
      )}
      <ul class="people">
        {communes.map((c) => (
          <li key={c.insee}>
            <a href={urls.commune(c.insee)}>{c.name}</a>
            <span>{voice.say('commune.inhabitants', { count: voice.number(c.population) })}</span>
            <span>{voice.count('datasets.one', 'datasets.many', c.datasets)}</span>
          </li>
        ))}
      </ul>
      {communes[0] !== undefined && (
        <p class="source">{voice.say('commune.source', { source: communes[0].populationSource })}</p>
      )}
    </Layout>
  );
}

export function CommunePage({ context, data }: { context: PageContext; data: CommuneWithDatasets }) {
  const { voice } = context;
  const { commune, organization, datasets } = data;
  const own = datasets.filter((d) => d.organization.slug === organization?.slug);
  const others = datasets.filter((d) => d.organization.slug !== organization?.slug);
  const facts = [
    ['commune.population', voice.say('commune.inhabitants', { count: voice.number(commune.population) })],
    ['commune.postalCodes', commune.postalCodes.join(', ')],
    ['commune.insee', commune.insee],
    ['commune.siren', commune.siren],
  ] as const;
  return (
    <Layout
      context={context}
      title={commune.name}
      crumbs={[{ label: voice.say('communes.title'), href: urls.communes() }]}
    >
      <h1>{commune.name}</h1>
      <section aria-labelledby="facts" class="card">
        <h2 id="facts">{voice.say('commune.facts')}</h2>
        <dl class="key-facts">
          {facts.map(([key, value]) => (
            <div key={key}>
              <dt>{voice.say(key)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p class="source">{voice.say('commune.source', { source: commune.populationSource })}</p>
      </section>
      <section aria-labelledby="published">
        <h2 id="published">{voice.say('commune.published')}</h2>
        {own.length === 0 ? (
          <p class="empty">{voice.say('commune.published.none', { name: commune.name })}</p>
        ) : (
          <DatasetList datasets={own} voice={voice} level={3} />
        )}
        {organization !== null && (
          <p>
            <a href={urls.organization(organization.slug)}>{voice.say('commune.organization')}</a>
          </p>
        )}
      </section>
      <section aria-labelledby="about">
        <h2 id="about">{voice.say('commune.about', { name: commune.name })}</h2>
        {others.length === 0 ? (
          <p class="empty">{voice.say('commune.about.none', { name: commune.name })}</p>
        ) : (
          <DatasetList datasets={others} voice={voice} level={3} />
        )}
      </section>
    </Layout>
  );
}
