// The pages of communes: the list, and each of them, with its facts and their source. No commune is ranked.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { RiverLand } from '../../../web/components/river.tsx';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { CommuneSummary, CommuneWithDatasets } from '../schemas.ts';

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
            <span class="amount">{voice.say('commune.inhabitants', { count: voice.number(c.population) })}</span>
            <span class="amount">{voice.datasets(c.datasets)}</span>
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
  return (
    <Layout
      context={context}
      title={commune.name}
      description={introOf(voice, commune.name, commune.population, own.length, others.length)}
      crumbs={[{ label: voice.say('communes.title'), href: urls.communes() }]}
    >
      <div class="place">
        <RiverLand />
        <h1>{commune.name}</h1>
        <p class="lead">{introOf(voice, commune.name, commune.population, own.length, others.length)}</p>
        <CommuneFacts context={context} data={data} />
      </div>
      <section aria-labelledby="published">
        <h2 id="published">{voice.say('commune.published')}</h2>
        {own.length === 0 ? (
          <div class="empty">
            <p>{voice.say('commune.published.none', { name: commune.name })}</p>
            <p>
              <a href={urls.publish()}>{voice.say('commune.published.how')}</a>
            </p>
          </div>
        ) : (
          <DatasetList datasets={own} voice={voice} level={3} cards />
        )}
        {organization !== null && (
          <p class="after">
            <a href={urls.organization(organization.slug)}>{organization.name}</a>
          </p>
        )}
      </section>
      <section aria-labelledby="about">
        <h2 id="about">{voice.say('commune.about', { name: commune.name })}</h2>
        {others.length === 0 ? (
          <p class="empty">{voice.say('commune.about.none', { name: commune.name })}</p>
        ) : (
          <DatasetList datasets={others} voice={voice} level={3} cards />
        )}
        <p class="after">
          <a href={withQuery(urls.catalog(), { commune: commune.insee })}>
            {voice.say('commune.search', { name: commune.name })}
          </a>
        </p>
      </section>
    </Layout>
  );
}

/** The answer first, in sentences about there. */
function introOf(voice: Voice, name: string, population: number, own: number, others: number): string {
  const published = own === 0 ? 'commune.intro.none' : own === 1 ? 'commune.intro.one' : 'commune.intro.many';
  return [
    voice.say('commune.intro', { name, count: voice.number(population) }),
    voice.say(published, { count: voice.number(own) }),
    ...(others === 0 ? [] : [voice.count('commune.intro.about.one', 'commune.intro.about.many', others)]),
  ].join(' ');
}

function CommuneFacts({ context: { voice }, data: { commune } }: { context: PageContext; data: CommuneWithDatasets }) {
  const facts = [
    ['commune.population', voice.say('commune.inhabitants', { count: voice.number(commune.population) })],
    [commune.postalCodes.length > 1 ? 'commune.postalCodes' : 'commune.postalCode', commune.postalCodes.join(', ')],
    ['commune.insee', commune.insee],
    ['commune.siren', commune.siren],
  ] as const;
  return (
    <section aria-label={voice.say('commune.facts')} class="card">
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
  );
}
