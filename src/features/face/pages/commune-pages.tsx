// The pages of communes: the list, and each of them: facts with their source, answers, what it publishes. No commune is ranked.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { RiverLand } from '../../../web/components/river.tsx';
import type { StoryShown } from '../../../web/components/story-links.tsx';
import { TerritoryMap } from '../../../web/components/territory-map.tsx';
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { communeSharing } from '../../../web/share.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { CommuneSummary } from '../../catalog/schemas.ts';
import type { CommuneData, TerritoryDrawing } from '../schemas.ts';
import { AnswerList, rowsUrl } from './answer-list.tsx';
import { CommuneFacts } from './commune-facts.tsx';
import { FacePhoto, Human } from './human.tsx';

export type CommunesData = {
  readonly q: string;
  readonly communes: readonly CommuneSummary[];
  readonly drawing: TerritoryDrawing | null;
};

export function CommunesPage({
  context,
  data: { q, communes, drawing },
}: {
  context: PageContext;
  data: CommunesData;
}) {
  const { voice } = context;
  const names = new Map(communes.map(({ insee, name }) => [insee, name]));
  return (
    <Layout context={context} title={voice.say('communes.title')} crumbs={[]}>
      <div class="communes-page">
        <div>
          <h1>{voice.say('communes.title')}</h1>
          <p class="lead">{voice.say('face.communes.intro')}</p>
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
        </div>
        {drawing !== null && <TerritoryMap drawing={drawing} names={names} hrefOf={urls.commune} />}
      </div>
    </Layout>
  );
}

type CommuneProps = {
  readonly context: PageContext;
  readonly data: CommuneData & {
    readonly drawing: TerritoryDrawing | null;
    /** Stories and answers about this commune. */
    readonly stories: readonly StoryShown[];
  };
};

export function CommunePage({ context, data }: CommuneProps) {
  const { voice } = context;
  const { commune, organization, datasets, answers, drawing, face } = data;
  const own = datasets.filter((d) => d.organization.slug === organization?.slug);
  const others = datasets.filter((d) => d.organization.slug !== organization?.slug);
  const intro = introOf(voice, commune.name, commune.population, own.length, others.length);
  const drawn = drawing?.communes.some(({ insee }) => insee === commune.insee) === true;
  return (
    <Layout
      context={context}
      title={commune.name}
      description={intro}
      {...(context.site.look?.whiteLabel == null && {
        crumbs: [{ label: voice.say('communes.title'), href: urls.communes() }],
      })}
      faces={face === null ? [] : [face]}
      sharing={communeSharing(commune, voice)}
    >
      <article data-face={face?.owner}>
        <header class={drawn ? 'place drawn' : 'place'}>
          <div>
            <h1>{commune.name}</h1>
            <p class="lead">{intro}</p>
          </div>
          {drawing !== null && drawn ? (
            <TerritoryMap drawing={drawing} current={commune.insee} hrefOf={urls.commune} names={new Map()} />
          ) : (
            <RiverLand />
          )}
        </header>
        {face !== null && <FacePhoto face={face} voice={voice} />}
        <CommuneFacts context={context} data={data} />
        <Part context={context} data={data} part="everyday" />
        <Part context={context} data={data} part="democracy" />
        {data.stories.length > 0 && (
          <section aria-labelledby="recits">
            <h2 id="recits">{voice.say('stories.title')}</h2>
            <ul class="ledger">
              {data.stories.map(({ slug, title }) => (
                <li key={slug}>
                  <a href={urls.story(slug)} lang={voice.written}>
                    {voice.typeset(title)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Published context={context} data={data} />
        <section aria-labelledby="about">
          <h2 id="about">{voice.say('face.about', { name: commune.name })}</h2>
          {others.length === 0 ? (
            <p class="empty">{voice.say('commune.about.none', { name: commune.name })}</p>
          ) : (
            <ul class="ledger">
              {others.map((dataset) => {
                const answer = answers.find((each) => each.dataset.id === dataset.id);
                return (
                  <li key={dataset.id}>
                    <a href={urls.dataset(dataset.id)} lang={voice.written}>
                      {dataset.title}
                    </a>
                    <span>{dataset.organization.name}</span>
                    <span class="amount">
                      {answer !== undefined && (
                        <a href={rowsUrl(answer)}>
                          {voice.say(voice.isOne(answer.count) ? 'face.rows.one' : 'face.rows.many', {
                            count: voice.number(answer.count),
                            name: commune.name,
                          })}
                        </a>
                      )}
                    </span>
                  </li>
                );
              })}
            </ul>
          )}
          <p class="after">
            <a href={withQuery(urls.catalog(), { commune: commune.insee })}>
              {voice.say('commune.search', { name: commune.name })}
            </a>
          </p>
        </section>
        <p class="after">
          <a href={withQuery(urls.compareCommunes(), { communes: commune.insee })}>
            {voice.say('compare.link', { name: commune.name })}
          </a>
        </p>
        <Human face={face} slug={organization?.slug ?? null} voice={voice} />
        <p class="source share">
          {voice.say('face.share.text')}{' '}
          <code class="copy breakable">{context.site.publicUrl + urls.commune(commune.insee)}</code>
        </p>
      </article>
    </Layout>
  );
}

type PartProps = CommuneProps & { readonly part: 'everyday' | 'democracy' };

function Part({ context: { voice }, data: { commune, answers }, part }: PartProps) {
  const told = answers.filter((answer) => answer.part === part);
  return (
    <section aria-labelledby={part}>
      <h2 id={part}>{voice.say(`face.${part}`)}</h2>
      {told.length === 0 ? (
        <p class="empty">{voice.say(`face.${part}.none`, { name: commune.name })}</p>
      ) : (
        <AnswerList answers={told} voice={voice} />
      )}
    </section>
  );
}

/** What the commune publishes, and beside it what others already share: an idea with an example, never a mark. */
function Published({ context: { voice }, data }: CommuneProps) {
  const { commune, organization, datasets, missing } = data;
  const own = datasets.filter((d) => d.organization.slug === organization?.slug);
  return (
    <section aria-labelledby="published" class="published">
      <div>
        <h2 id="published">{voice.say('face.published.here')}</h2>
        {own.length === 0 ? (
          <div class="empty">
            <p>{voice.say('commune.published.none', { name: commune.name })}</p>
            <p>
              <a href={urls.publish()}>{voice.say('commune.published.how')}</a>
            </p>
          </div>
        ) : (
          <DatasetList datasets={own} voice={voice} level={3} />
        )}
        {organization !== null && (
          <p class="after">
            <a href={urls.organization(organization.slug)}>{organization.name}</a>
          </p>
        )}
      </div>
      {missing.length > 0 && (
        <div class="shareable">
          <h3>{voice.say('face.shareable')}</h3>
          <p class="source">{voice.say('face.shareable.intro')}</p>
          <ul class="plain">
            {missing.map(({ subject, example, communes }) => (
              <li key={subject}>
                <strong>{voice.say(`subject.${subject}`)}</strong>
                <span>{voice.count('face.shareable.one', 'face.shareable.many', communes)}</span>
                <a href={urls.dataset(example.id)}>
                  {voice.say('face.shareable.example')}
                  <span class="visually-hidden" lang={voice.written}>{` : ${example.title}`}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
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
