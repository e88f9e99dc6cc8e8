// The tiles' documents as a page: where a map finds them.
import { Layout } from '../../../web/layout.tsx';
import { ogcUrls } from '../../../web/ogc-urls.ts';
import type { PageContext } from '../../../web/page.ts';

type Props = {
  readonly context: PageContext;
  readonly title: string;
  /** What each link is called, and where it leads. */
  readonly links: readonly (readonly [string, string])[];
};

export function TilesPage({ context, title, links }: Props) {
  const { voice } = context;
  return (
    <Layout context={context} title={title} crumbs={[{ label: voice.say('ogc.title'), href: ogcUrls.home() }]}>
      <h1>{title}</h1>
      <p class="lead">{voice.say('ogc.tiles.intro')}</p>
      <ul>
        {links.map(([label, href]) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
