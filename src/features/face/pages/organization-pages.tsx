// The pages of producers: the list, and each of them with its mission, who answers, its datasets and how fresh they are.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { organizationSharing } from '../../../web/share.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { OrganizationSummary } from '../../catalog/schemas.ts';
import type { OrganizationData } from '../schemas.ts';
import { FacePhoto, Human } from './human.tsx';

type OrganizationsProps = {
  readonly context: PageContext;
  readonly data: { readonly organizations: readonly OrganizationSummary[] };
};

export function OrganizationsPage({ context, data }: OrganizationsProps) {
  const { voice } = context;
  const groups = [
    ['organizations.bodies', data.organizations.filter((o) => o.kind !== 'commune')],
    ['organizations.communes', data.organizations.filter((o) => o.kind === 'commune')],
  ] as const;
  return (
    <Layout context={context} title={voice.say('organizations.title')} crumbs={[]}>
      <h1>{voice.say('organizations.title')}</h1>
      <p class="lead">{voice.say('organizations.intro')}</p>
      {groups
        .filter(([, organizations]) => organizations.length > 0)
        .map(([key, organizations]) => (
          <section key={key} aria-labelledby={key}>
            <h2 id={key}>{voice.say(key)}</h2>
            <ul class="people">
              {organizations.map((o) => (
                <li key={o.slug}>
                  <a href={urls.organization(o.slug)}>{o.name}</a>
                  <span>{voice.say(`kind.${o.kind}`)}</span>
                  <span class="amount">{voice.datasets(o.datasets)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </Layout>
  );
}

type OrganizationProps = {
  readonly context: PageContext;
  /** Whether the reader may change its look and contact. */
  readonly data: OrganizationData & { readonly mayChange: boolean };
};

export function OrganizationPage({ context, data }: OrganizationProps) {
  const { voice } = context;
  const { organization, datasets, face, mayChange } = data;
  const crumbs = [{ label: voice.say('organizations.title'), href: urls.organizations() }];
  const mission = face?.mission ?? organization.description;
  return (
    <Layout
      context={context}
      title={organization.name}
      {...(mission !== null && { description: mission })}
      {...(context.site.look?.whiteLabel == null && { crumbs })}
      faces={face === null ? [] : [face]}
      sharing={organizationSharing(organization, voice)}
    >
      <article data-face={face?.owner}>
        <header class="organization-head">
          {face?.logo === true && <img class="logo" src={urls.facePicture(face.owner, 'logo', face.revision)} alt="" />}
          <div>
            <p class="kicker">{voice.say(`kind.${organization.kind}`)}</p>
            <h1>{organization.name}</h1>
            {mission !== null && (
              <p class="lead" lang={voice.written}>
                {voice.typeset(mission)}
              </p>
            )}
            <p class="facts">
              {organization.siren !== null && <span>{`${voice.say('commune.siren')} ${organization.siren}`}</span>}
              {organization.population !== null && (
                <span>{voice.say('commune.inhabitants', { count: voice.number(organization.population) })}</span>
              )}
              {organization.insee !== null && (
                <span>
                  <a href={urls.commune(organization.insee)}>{voice.say('face.organization.commune')}</a>
                </span>
              )}
            </p>
            {organization.populationSource !== null && organization.population !== null && (
              <p class="source">{voice.say('commune.source', { source: organization.populationSource })}</p>
            )}
          </div>
        </header>
        {face !== null && <FacePhoto face={face} voice={voice} />}
        <div class="organization-body">
          <section aria-labelledby="datasets">
            <h2 id="datasets">{voice.say('organization.datasets')}</h2>
            {datasets.length === 0 ? (
              <p class="empty">{voice.say('organization.none')}</p>
            ) : (
              <DatasetList datasets={datasets} voice={voice} level={3} />
            )}
            {organization.datasets > datasets.length && (
              <p>
                <a href={withQuery(urls.catalog(), { organization: organization.slug })}>
                  {voice.say('organization.all')}
                </a>
              </p>
            )}
          </section>
          <aside>
            {data.freshness.length > 0 && <Freshness context={context} data={data} />}
            <Human face={face} slug={organization.slug} voice={voice} />
            {mayChange && (
              <p class="after">
                <a href={urls.face(organization.slug)}>{voice.say('face.change')}</a>
              </p>
            )}
          </aside>
        </div>
      </article>
    </Layout>
  );
}

/** How many datasets keep their announced rhythm, in words and as a bar whose parts are told below it. */
function Freshness({ context: { voice }, data }: { context: PageContext; data: OrganizationData }) {
  const { organization, datasets, freshness: counted } = data;
  const [newest] = datasets;
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-labelledby="freshness" class="freshness">
      <h2 id="freshness">{voice.say('face.freshness')}</h2>
      <svg class="freshness-bar" viewBox={`0 0 ${total} 1`} preserveAspectRatio="none" aria-hidden="true">
        {counted.map(({ name, count }, index) => (
          <rect
            key={name}
            class={name}
            x={counted.slice(0, index).reduce((sum, each) => sum + each.count, 0)}
            width={count}
            height="1"
          />
        ))}
      </svg>
      <ul class="plain">
        {counted.map(({ name, count }) => (
          <li key={name} class={name}>
            <a href={withQuery(urls.catalog(), { organization: organization.slug, freshness: name })}>
              <strong>{voice.number(count)}</strong> {voice.say(`face.freshness.${name}`)}
            </a>
          </li>
        ))}
      </ul>
      {newest !== undefined && (
        <p class="source">{voice.say('face.organization.last', { date: voice.date(newest.modifiedAt) })}</p>
      )}
    </section>
  );
}
