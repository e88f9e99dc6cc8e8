// What stays at the address of a destroyed version: since when, why, and the sha256 of what is gone.
import type { Purge } from '../../../model/purge.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';

export type PurgedPageData = { readonly id: string; readonly number: number; readonly purge: Omit<Purge, 'actor'> };

export function PurgedPage({ context, data }: { readonly context: PageContext; readonly data: PurgedPageData }) {
  const { voice } = context;
  const { id, number, purge } = data;
  const title = voice.say('purged.title', { number });
  const destroyed = purge.destroyed.filter((file) => file.version === number);
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('catalog.title'), href: urls.catalog() },
        { label: voice.say('versions.all'), href: urls.versions(id) },
      ]}
    >
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{voice.say('purged.text', { date: voice.date(purge.at) })}</p>
        <div class="empty">
          <p>
            <strong>{voice.say('purged.reason')}</strong> <span lang={voice.written}>{purge.reason}</span>
          </p>
        </div>
        {purge.finishedAt === null && <p>{voice.say('purged.pending')}</p>}
        <h2>{voice.say('purged.destroyed')}</h2>
        <ul>
          {destroyed.map(({ what, sha256, bytes }) => (
            <li key={sha256}>
              {voice.say(`purged.what.${what}`)} · {voice.bytes(bytes)} · <code class="breakable">{sha256}</code>
            </li>
          ))}
        </ul>
        {purge.kept.map(({ sha256 }) => (
          <p key={sha256}>{voice.say('purged.kept', { sha256 })}</p>
        ))}
      </div>
    </Layout>
  );
}
