// What stays at the address of a withdrawn dataset: what it was, whose, since when and why it is gone.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import type { Tombstone } from '../../catalog/schemas.ts';

export function TombstonePage({ context, tombstone }: { context: PageContext; tombstone: Tombstone }) {
  const { voice } = context;
  const { title, organization, reason, publishedAt, withdrawnAt } = tombstone;
  return (
    <Layout context={context} title={title} crumbs={[{ label: voice.say('catalog.title'), href: urls.catalog() }]}>
      <div class="narrow">
        <h1 lang={voice.written}>{title}</h1>
        <p class="facts">
          <span class="pill withdrawn">{voice.say('dataset.state.withdrawn')}</span>
        </p>
        <p class="lead">{voice.say('withdrawn.text', { date: voice.date(withdrawnAt) })}</p>
        <div class="empty">
          <p>
            <strong>{voice.say('withdrawn.reason')}</strong> <span lang={voice.written}>{reason}</span>
          </p>
        </div>
        <p>
          {voice.say('withdrawn.from', { date: voice.date(publishedAt) })}{' '}
          <a href={urls.organization(organization.slug)}>{organization.name}</a>
        </p>
        <p>
          <a href={withQuery(urls.catalog(), { organization: organization.slug })}>{voice.say('withdrawn.others')}</a>
        </p>
      </div>
    </Layout>
  );
}
