// The frame of every page: head, header with the river, breadcrumb, main, footer with a human-readable way to the data.
import type { ComponentChildren } from 'preact';
import { River } from './components/river.tsx';
import type { PageContext } from './page.ts';
import { twinOf, urls, withQuery } from './urls.ts';

export type Crumb = { readonly label: string; readonly href: string };

export type LayoutProps = {
  readonly context: PageContext;
  readonly title: string;
  readonly description?: string;
  /** From the first level below the home page to the parent of this page. */
  readonly crumbs?: readonly Crumb[];
  /** Facts for search engines: schema.org. */
  readonly jsonLd?: unknown;
  /** Whether this page has its data at the same address. */
  readonly twin?: boolean;
  readonly children: ComponentChildren;
};

export function Layout(props: LayoutProps) {
  const { context, title, description, crumbs, jsonLd, twin = true, children } = props;
  const { voice, site, path } = context;
  const home = path === urls.home();
  return (
    <html lang={voice.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{home ? site.name : `${title} · ${site.name}`}</title>
        {description !== undefined && <meta name="description" content={description.slice(0, 300)} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={site.assetUrl('app.css')} />
        <link rel="icon" href={site.assetUrl('mark.svg')} type="image/svg+xml" />
        <link rel="canonical" href={site.publicUrl + path} />
        {twin && <link rel="alternate" type="application/json" href={twinOf(path)} />}
        {jsonLd !== undefined && (
          <script
            type="application/ld+json"
            dangerouslySetInnerHTML={{ __html: JSON.stringify(jsonLd).replaceAll('<', '\\u003c') }}
          />
        )}
      </head>
      <body>
        <a class="skip" href="#content">
          {voice.say('shell.skip')}
        </a>
        <Header context={context} />
        <main id="content" tabindex={-1}>
          {crumbs !== undefined && <Breadcrumb context={context} crumbs={crumbs} title={title} />}
          {children}
        </main>
        <Footer context={context} twin={twin} />
      </body>
    </html>
  );
}

function Header({ context: { voice, site, path } }: { context: PageContext }) {
  const entries = [
    [urls.catalog(), 'shell.catalog'],
    [urls.communes(), 'shell.communes'],
    [urls.organizations(), 'shell.organizations'],
    [urls.publish(), 'shell.publish'],
    [urls.api(), 'shell.api'],
  ] as const;
  return (
    <header class="site">
      {site.demo && <p class="ribbon">{voice.say('shell.demo')}</p>}
      <div class="site-bar">
        <a class="brand" href={urls.home()}>
          <River />
          <span>{site.name}</span>
        </a>
        <nav aria-label={voice.say('shell.menu')}>
          <ul>
            {entries.map(([href, key]) => (
              <li key={href}>
                <a href={href} aria-current={path === href ? 'page' : path.startsWith(`${href}/`) ? 'true' : undefined}>
                  {voice.say(key)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Breadcrumb({
  context: { voice },
  crumbs,
  title,
}: {
  context: PageContext;
  crumbs: readonly Crumb[];
  title: string;
}) {
  return (
    <nav class="crumbs" aria-label={voice.say('shell.breadcrumb')}>
      <ol>
        {[{ label: voice.say('shell.home'), href: urls.home() }, ...crumbs].map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href}>{crumb.label}</a>
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
}

function Footer({ context, twin }: { context: PageContext; twin: boolean }) {
  const { voice, path, query } = context;
  const other = voice.lang === 'fr' ? 'en' : 'fr';
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return (
    <footer class="site">
      <nav aria-label={voice.say('shell.footer')}>
        <ul>
          <li>
            <a href={urls.accessibility()}>{voice.say('shell.accessibility')}</a>
          </li>
          {twin && (
            <li>
              <a href={twinOf(path)}>{voice.say('shell.twin')}</a>
            </li>
          )}
          <li>
            <a href={withQuery(path, { ...parameters, lang: other })} lang={other} hreflang={other}>
              {voice.say('shell.otherLanguage')}
            </a>
          </li>
        </ul>
      </nav>
      <p>{voice.say('shell.software')}</p>
    </footer>
  );
}
