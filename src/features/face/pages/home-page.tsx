// The home page: one question, three doors, what is new, the communes. It answers about a place before it shows a catalogue.

import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import { Pictogram } from '../../../web/components/pictogram.tsx';
import { RiverLand } from '../../../web/components/river.tsx';
import type { StoryShown } from '../../../web/components/story-links.tsx';
import { TerritoryMap } from '../../../web/components/territory-map.tsx';
import type { MessageKey } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { catalogJsonLd } from '../../../web/schema-org.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { HomeData, TerritoryDrawing } from '../schemas.ts';

type Props = {
  readonly context: PageContext;
  /** With the territory's drawing, and whether the reader may change its look. */
  readonly data: HomeData & {
    readonly drawing: TerritoryDrawing | null;
    readonly mayChange: boolean;
    readonly answers: readonly StoryShown[];
  };
};

export function HomePage({ context, data }: Props) {
  const { voice, site } = context;
  const names = new Map(data.communes.map(({ insee, name }) => [insee, name]));
  return (
    <Layout
      context={context}
      title={site.name}
      description={voice.say('home.promise')}
      jsonLd={catalogJsonLd(site, voice.say('home.promise'))}
      wide
    >
      <section class="hero">
        <div class="hero-text">
          <p class="kicker">{voice.say('face.kicker')}</p>
          <h1>{data.territory?.name ?? site.name}</h1>
          <p class="lead">{voice.say('home.promise')}</p>
          {data.communes.length > 0 && <AskCommune context={context} communes={data.communes} />}
          <Questions context={context} answers={data.answers} />
        </div>
        <div class="hero-map">
          {data.drawing === null ? (
            <RiverLand />
          ) : (
            <TerritoryMap drawing={data.drawing} names={names} hrefOf={urls.commune} />
          )}
        </div>
      </section>
      <Doors context={context} />
      <Now context={context} data={data} />
      {data.communes.length > 0 && (
        <section aria-labelledby="communes-list" class="band communes-band">
          <div>
            <h2 id="communes-list">{voice.count('home.communes.one', 'home.communes.many', data.communes.length)}</h2>
            <p class="source">{voice.say('face.communes.intro')}</p>
          </div>
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
          <option key={c.insee} value={c.name} label={c.postalCodes.join(', ')} />
        ))}
      </datalist>
    </form>
  );
}

/** Questions as people put them: those that somebody answered in words, then those that data answers. */
function Questions({ context: { voice }, answers }: { context: PageContext; answers: readonly StoryShown[] }) {
  const questions = [
    ['face.question.collection', 'collecte'],
    ['face.question.grants', 'subventions'],
    ['face.question.votes', 'délibérations'],
    ['face.question.markets', 'marchés'],
  ] as const;
  return (
    <div class="questions">
      <p id="questions">{voice.say('face.questions')}</p>
      <ul aria-labelledby="questions">
        {answers.map(({ slug, title }) => (
          <li key={slug}>
            <a href={urls.story(slug)} lang={voice.written}>
              {voice.typeset(title)}
            </a>
          </li>
        ))}
        {questions.map(([key, q]) => (
          <li key={key}>
            <a href={withQuery(urls.catalog(), { q })}>{voice.say(key)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Door = {
  readonly name: 'search' | 'publish' | 'join';
  readonly href: string;
  readonly links: readonly (readonly [string, MessageKey])[];
};

const doors: readonly Door[] = [
  {
    name: 'search',
    href: urls.catalog(),
    links: [
      [urls.catalog(), 'face.door.search.all'],
      [urls.communes(), 'face.door.search.communes'],
    ],
  },
  {
    name: 'publish',
    href: urls.desk(),
    links: [
      [urls.publish(), 'face.door.publish.how'],
      [urls.schemas(), 'face.door.publish.schemas'],
    ],
  },
  {
    name: 'join',
    href: urls.elements(),
    links: [
      [urls.elements(), 'face.door.join.elements'],
      [urls.api(), 'face.door.join.api'],
      [urls.organizations(), 'face.door.join.organization'],
    ],
  },
];

function Doors({ context: { voice } }: { context: PageContext }) {
  return (
    <section aria-labelledby="doors" class="band">
      <h2 id="doors" class="visually-hidden">
        {voice.say('home.doors')}
      </h2>
      <ul class="doors">
        {doors.map(({ name, href, links }) => (
          <li key={name}>
            <Pictogram name={name} />
            <h3>
              <a href={href}>{voice.say(`face.door.${name}`)}</a>
            </h3>
            <p>{voice.say(`face.door.${name}.text`)}</p>
            <ul class="plain">
              {links.map(([to, key]) => (
                <li key={key}>
                  <a href={to}>{voice.say(key)}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was published or updated last, day by day. */
function Now({ context: { voice }, data: { latest, today } }: { context: PageContext; data: HomeData }) {
  const now = voice.date(new Date(`${today}T12:00:00Z`));
  return (
    <section aria-labelledby="now" class="band now">
      <div class="now-head">
        <h2 id="now">{voice.say('home.now')}</h2>
        <p class="source">{voice.say('face.now.intro')}</p>
        {latest.length > 0 && (
          <p>
            <a href={urls.catalog()}>{voice.say('home.now.all')}</a>
          </p>
        )}
      </div>
      {latest.length === 0 ? (
        <p class="empty">{voice.say('home.now.none')}</p>
      ) : (
        <ol class="timeline">
          {latest.map((dataset) => {
            const fresh =
              dataset.publishedAt !== null && voice.date(dataset.publishedAt) === voice.date(dataset.modifiedAt);
            const day = voice.date(dataset.modifiedAt);
            return (
              <li key={dataset.id}>
                <p class="when">
                  <time dateTime={dataset.modifiedAt.toISOString()}>
                    {day === now ? voice.say('face.now.today') : day}
                  </time>
                  <span>{voice.say(fresh ? 'face.now.new' : 'face.now.updated')}</span>
                </p>
                <div>
                  <h3>
                    <a href={urls.dataset(dataset.id)} lang={voice.written}>
                      {dataset.title}
                    </a>
                  </h3>
                  <p class="facts">
                    <a href={urls.organization(dataset.organization.slug)}>{dataset.organization.name}</a>
                    {dataset.rows !== null && (
                      <span>{voice.count('dataset.rows.one', 'dataset.rows.many', dataset.rows)}</span>
                    )}
                    <DemoBadge demo={dataset.demo} voice={voice} />
                  </p>
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function Figures({ context: { voice }, data }: { context: PageContext; data: Props['data'] }) {
  const { figures, territory, drawing } = data;
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
          : voice.say('home.figures.source', { source: territory.source })}{' '}
        {drawing !== null && (
          <a href={urls.dataset(drawing.dataset.id)}>
            {voice.say('face.map.source', { source: drawing.source ?? drawing.dataset.title })}
          </a>
        )}
      </p>
      {data.mayChange && (
        <p>
          <a href={urls.face('')}>{voice.say('face.change')}</a>
        </p>
      )}
    </section>
  );
}
