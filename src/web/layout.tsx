// The frame of every page: head, header with the river, breadcrumb, main, footer with a human-readable way to the data.
import type { ComponentChildren } from 'preact';
import type { Language } from '../model/language.ts';
import { SharingHead } from './components/head.tsx';
import { Mark, RiverEdge } from './components/river.tsx';
import type { PageContext } from './page.ts';
import type { Sharing } from './share.ts';
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
  /** How it is found and shared elsewhere: picture, feeds, embedding. */
  readonly sharing?: Sharing;
  /** Whether this page has its data at the same address. */
  readonly twin?: boolean;
  /** Looks that parts of this page wear: their style sheets are loaded. */
  readonly faces?: readonly { readonly owner: string; readonly revision: number }[];
  /** Whether the content draws to the edges of the window, as the home page does. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
};

export function Layout(props: LayoutProps) {
  const {
    context,
    title,
    description,
    crumbs,
    jsonLd,
    sharing,
    twin = true,
    wide = false,
    faces = [],
    children,
  } = props;
  const { voice, site, path } = context;
  const home = path === urls.home();
  return (
    <html lang={voice.lang} data-face={site.look?.name}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{home ? site.name : `${title} · ${site.name}`}</title>
        {description !== undefined && <meta name="description" content={description.slice(0, 300)} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={site.assetUrl('app.css')} />
        {site.look?.colours != null && <link rel="stylesheet" href={site.look.colours} />}
        {faces.map(({ owner, revision }) => (
          <link key={owner} rel="stylesheet" href={urls.facePicture(owner, 'colours.css', revision)} />
        ))}
        <link rel="icon" href={site.assetUrl('mark.svg')} type="image/svg+xml" />
        <SharingHead
          context={context}
          title={home ? site.name : title}
          description={description}
          sharing={sharing}
          twin={twin}
        />
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
        <main id="content" tabindex={-1} class={wide ? 'wide' : undefined}>
          {crumbs !== undefined && <Breadcrumb context={context} crumbs={crumbs} title={title} />}
          {children}
        </main>
        <Footer context={context} twin={twin} />
      </body>
    </html>
  );
}

function Header({ context }: { context: PageContext }) {
  const { voice, site, path } = context;
  const label = site.look?.whiteLabel ?? null;
  const whole = [
    [urls.catalog(), 'shell.catalog'],
    [urls.communes(), 'shell.communes'],
    [urls.organizations(), 'shell.organizations'],
    [urls.publish(), 'shell.publish'],
    [urls.api(), 'shell.api'],
  ] as const;
  // Under an organization's own address: what shows there, and nothing else.
  const own = [
    [urls.home(), 'shell.home'],
    [urls.catalog(), 'shell.catalog'],
  ] as const;
  const entries = label === null ? whole : own;
  return (
    <header class="site">
      {site.demo && <p class="ribbon">{voice.say('shell.demo')}</p>}
      <PersonBar context={context} />
      <div class="site-bar">
        <a class="brand" href={urls.home()}>
          {site.look?.logo == null ? (
            <Mark outline={site.mark ?? null} />
          ) : (
            <img class="brand-logo" src={site.look.logo} alt="" />
          )}
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
            {context.visitor == null && label === null && (
              <li>
                <a href={withQuery(urls.signIn(), { next: comingBack(context) })} rel="nofollow">
                  {voice.say('people.signIn')}
                </a>
              </li>
            )}
            <li class="language">
              <OtherLanguage context={context} />
            </li>
          </ul>
        </nav>
      </div>
      <RiverEdge />
    </header>
  );
}

/** For whoever is signed in: who they are, their desk, their account, the way out; plain links and a form. */
function PersonBar({ context: { voice, visitor, path } }: { context: PageContext }) {
  if (visitor == null) return null;
  const current = (href: string) => (path === href ? 'page' : undefined);
  return (
    <nav class="person-bar" aria-label={voice.say('people.menu')}>
      <p>
        {voice.say('people.signedInAs', { name: visitor.name })}
        {visitor.demo && <span> ({voice.say('people.character')})</span>}
      </p>
      <ul>
        <li>
          <a href={urls.desk()} aria-current={current(urls.desk())}>
            {voice.say('people.desk')}
          </a>
        </li>
        <li>
          <a href={urls.account()} aria-current={current(urls.account())}>
            {voice.say('people.account')}
          </a>
        </li>
        <li>
          <form method="post" action={urls.signOut()}>
            <button type="submit" class="link">
              {voice.say('people.signOut')}
            </button>
          </form>
        </li>
      </ul>
    </nav>
  );
}

/** Where whoever signs in is led back to: this page, unless it is the first one or about signing in. */
function comingBack({ path, query }: PageContext): string | null {
  if (path === urls.home() || path.startsWith(urls.signIn())) return null;
  return query === '' ? path : `${path}?${query}`;
}

/** The same page, with the same choices, in the other language. */
function OtherLanguage({ context: { voice, path, query } }: { context: PageContext }) {
  const other = voice.lang === 'fr' ? 'en' : 'fr';
  return (
    <a href={inLanguage(path, query, other)} lang={other} hreflang={other}>
      {voice.say('shell.otherLanguage')}
    </a>
  );
}

function inLanguage(path: string, query: string, lang: Language): string {
  const parameters = new URLSearchParams(query);
  parameters.set('lang', lang);
  return `${path}?${parameters}`;
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
        <li aria-current="page">
          <span>{title}</span>
        </li>
      </ol>
    </nav>
  );
}

function Footer({ context: { voice, site, path, query }, twin }: { context: PageContext; twin: boolean }) {
  const parameters = new URLSearchParams(query);
  parameters.delete('lang');
  const choices = parameters.toString();
  return (
    <footer class="site">
      <RiverEdge />
      <div class="footer-bar">
        <nav aria-label={voice.say('shell.footer')}>
          <ul>
            {site.look?.whiteLabel == null && (
              <li>
                <a href={urls.harmonisation()}>{voice.say('harmonisation.title')}</a>
              </li>
            )}
            {site.look?.whiteLabel == null && (
              <li>
                <a href={urls.stories()}>{voice.say('stories.title')}</a>
              </li>
            )}
            <li>
              <a href={urls.accessibility()}>{voice.say('shell.accessibility')}</a>
            </li>
            {twin && (
              <li>
                <a href={choices === '' ? twinOf(path) : `${twinOf(path)}?${choices}`}>{voice.say('shell.twin')}</a>
              </li>
            )}
          </ul>
        </nav>
        <p class="made">
          {site.mark != null && <Mark outline={site.mark} />}
          {site.look?.whiteLabel != null && <a href={site.publicUrl}>{voice.say('shell.wholePortal')}</a>}
          <span>{voice.say('shell.software')}</span>
        </p>
      </div>
    </footer>
  );
}
