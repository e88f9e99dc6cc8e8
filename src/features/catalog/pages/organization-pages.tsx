// The pages of producers: the list, and each of them.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { DatasetSummary, OrganizationSummary } from '../schemas.ts';

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
      <p class="source">
        <a href={urls.joinOrganization(organization.slug)} rel="nofollow">
          {voice.say('join.invite')}
        </a>
      </p>
      <h2>{voice.say('organization.datasets')}</h2>
      {datasets.length === 0 ? (
        <p class="empty">{voice.say('organization.none')}</p>
      ) : (
        <DatasetList datasets={datasets} voice={voice} level={3} cards />
      )}
      {organization.datasets > datasets.length && (
        <p>
          <a href={withQuery(urls.catalog(), { organization: organization.slug })}>{voice.say('organization.all')}</a>
        </p>
      )}
    </Layout>
  );
}
