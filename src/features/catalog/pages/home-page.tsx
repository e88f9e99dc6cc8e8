// The home page: one question, what is new, where to start.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { RiverScape } from '../../../web/components/river.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { DatasetSummary } from '../schemas.ts';

export type HomeData = {
  readonly territory: { readonly name: string; readonly source: string } | null;
  readonly communes: readonly { readonly insee: string; readonly name: string }[];
  readonly figures: { readonly datasets: number; readonly organizations: number; readonly communes: number };
  readonly latest: readonly DatasetSummary[];
};

export function HomePage({ context, data }: { context: PageContext; data: HomeData }) {
  const { voice, site } = context;
  const doors = [
    [urls.catalog(), 'home.search', 'home.search.text'],
    [urls.publish(), 'home.publish', 'home.publish.text'],
    [urls.api(), 'home.reuse', 'home.reuse.text'],
  ] as const;
  return (
    <Layout context={context} title={site.name} description={voice.say('home.promise')}>
      <section class="hero">
        <RiverScape />
        <h1>{data.territory?.name ?? site.name}</h1>
        <p class="lead">{voice.say('home.promise')}</p>
        {data.communes.length > 0 && (
          <form action={urls.communes()} class="ask">
            <label for="commune">{voice.say('home.commune.label')}</label>
            <p id="commune-hint">{voice.say('home.commune.hint')}</p>
            <div class="field-row">
              <input
                id="commune"
                name="q"
                list="communes"
                autocomplete="address-level2"
                aria-describedby="commune-hint"
              />
              <button type="submit">{voice.say('home.commune.button')}</button>
            </div>
            <datalist id="communes">
              {data.communes.map((c) => (
                <option key={c.insee} value={c.name} />
              ))}
            </datalist>
          </form>
        )}
      </section>
      <section aria-labelledby="doors">
        <h2 id="doors">{voice.say('home.doors')}</h2>
        <ul class="doors">
          {doors.map(([href, title, text]) => (
            <li key={href}>
              <a href={href}>{voice.say(title)}</a>
              <p>{voice.say(text)}</p>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="now">
        <h2 id="now">{voice.say('home.now')}</h2>
        {data.latest.length === 0 ? (
          <p>{voice.say('home.now.none')}</p>
        ) : (
          <DatasetList datasets={data.latest} voice={voice} level={3} />
        )}
      </section>
      <Figures context={context} data={data} />
    </Layout>
  );
}

function Figures({ context: { voice }, data: { figures, territory } }: { context: PageContext; data: HomeData }) {
  return (
    <section
      class="figures"
      aria-label={voice.count('home.figures.datasets.one', 'home.figures.datasets.many', figures.datasets)}
    >
      <ul>
        <li>{voice.count('home.figures.datasets.one', 'home.figures.datasets.many', figures.datasets)}</li>
        <li>
          {voice.count('home.figures.organizations.one', 'home.figures.organizations.many', figures.organizations)}
        </li>
        <li>{voice.count('home.figures.communes.one', 'home.figures.communes.many', figures.communes)}</li>
      </ul>
      {territory !== null && <p class="source">{voice.say('home.figures.source', { source: territory.source })}</p>}
    </section>
  );
}
