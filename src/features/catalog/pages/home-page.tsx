// The home page: one question, what is new, where to start.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { RiverLand } from '../../../web/components/river.tsx';
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
    <Layout context={context} title={site.name} description={voice.say('home.promise')} wide>
      <section class="hero">
        <RiverLand />
        <div class="hero-text">
          <h1>{data.territory?.name ?? site.name}</h1>
          <p class="lead">{voice.say('home.promise')}</p>
          {data.communes.length > 0 && <AskCommune context={context} communes={data.communes} />}
        </div>
      </section>
      <section aria-labelledby="doors" class="band">
        <h2 id="doors" class="visually-hidden">
          {voice.say('home.doors')}
        </h2>
        <ul class="doors">
          {doors.map(([href, title, text]) => (
            <li key={href}>
              <a href={href}>{voice.say(title)}</a>
              <p>{voice.say(text)}</p>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="now" class="band">
        <div class="section-head">
          <h2 id="now">{voice.say('home.now')}</h2>
          {data.latest.length > 0 && <a href={urls.catalog()}>{voice.say('home.now.all')}</a>}
        </div>
        {data.latest.length === 0 ? (
          <p class="empty">{voice.say('home.now.none')}</p>
        ) : (
          <DatasetList datasets={data.latest} voice={voice} level={3} cards />
        )}
      </section>
      {data.communes.length > 0 && (
        <section aria-labelledby="communes-list" class="band">
          <h2 id="communes-list">{voice.count('home.communes.one', 'home.communes.many', data.communes.length)}</h2>
          <ul class="names">
            {data.communes.map((c) => (
              <li key={c.insee}>
                <a href={urls.commune(c.insee)}>{c.name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Figures context={context} data={data} />
    </Layout>
  );
}

/** One field, useful without a script: it leads to the commune, or to the list of those that match. */
function AskCommune({ context: { voice }, communes }: { context: PageContext; communes: HomeData['communes'] }) {
  return (
    <form action={urls.communes()} class="ask">
      <label for="commune">{voice.say('home.commune.label')}</label>
      <p id="commune-hint">{voice.say('home.commune.hint')}</p>
      <div class="field-row">
        <input id="commune" name="q" list="communes" autocomplete="address-level2" aria-describedby="commune-hint" />
        <button type="submit">{voice.say('home.commune.button')}</button>
      </div>
      <datalist id="communes">
        {communes.map((c) => (
          <option key={c.insee} value={c.name} />
        ))}
      </datalist>
    </form>
  );
}

function Figures({ context: { voice }, data: { figures, territory } }: { context: PageContext; data: HomeData }) {
  const shown = [
    [urls.catalog(), 'home.figures.datasets', figures.datasets],
    [urls.organizations(), 'home.figures.organizations', figures.organizations],
    [urls.communes(), 'home.figures.communes', figures.communes],
  ] as const;
  return (
    <section class="figures band" aria-labelledby="figures">
      <h2 id="figures" class="visually-hidden">
        {voice.say('home.figures')}
      </h2>
      <ul>
        {shown.map(([href, key, count]) => (
          <li key={href}>
            <a href={href}>
              <strong>{voice.number(count)}</strong> {voice.plural(count, `${key}.one`, `${key}.many`)}
            </a>
          </li>
        ))}
      </ul>
      <p class="source">
        {territory === null
          ? voice.say('home.figures.counted')
          : voice.say('home.figures.source', { source: territory.source })}
      </p>
    </section>
  );
}
