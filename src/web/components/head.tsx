// What the head of a page tells to those who find and share it: its one address, its languages, its feeds, its picture.
import { languages } from '../../model/language.ts';
import type { PageContext } from '../page.ts';
import { pictureSize, type Sharing } from '../share.ts';
import { twinOf, urls, withQuery } from '../urls.ts';

export type HeadProps = {
  readonly context: PageContext;
  readonly title: string;
  readonly description?: string | undefined;
  readonly sharing?: Sharing | undefined;
  readonly twin: boolean;
};

export function SharingHead({ context, title, description, sharing = {}, twin }: HeadProps) {
  const { site, voice, path } = context;
  const {
    picture,
    pictureText,
    feeds = [],
    embeddable = false,
    article = false,
    query = {},
    unlisted = false,
  } = sharing;
  // French is what an address answers to those who ask for no language: its English has an address of its own.
  const address = (lang: string) => site.publicUrl + withQuery(path, { ...query, lang: lang === 'fr' ? null : lang });
  const image = site.publicUrl + (picture ?? withQuery(urls.sharePicture(), { lang: voice.lang }));
  const text = description?.replace(/\s+/g, ' ').trim().slice(0, 300);
  const json = withQuery(urls.oembed(), { url: site.publicUrl + path, format: 'json' });
  const xml = withQuery(urls.oembed(), { url: site.publicUrl + path, format: 'xml' });
  return (
    <>
      {unlisted ? (
        <meta name="robots" content="noindex, follow" />
      ) : (
        <link rel="canonical" href={address(voice.lang)} />
      )}
      {!unlisted && (
        <>
          {languages.map((lang) => (
            <link key={lang} rel="alternate" hreflang={lang} href={address(lang)} />
          ))}
          <link rel="alternate" hreflang="x-default" href={address('fr')} />
        </>
      )}
      {twin && <link rel="alternate" type="application/json" href={twinOf(path)} />}
      {[...feeds, { href: urls.feed(), title: voice.say('discovery.feed.all') }].map((feed) => (
        <link key={feed.href} rel="alternate" type="application/atom+xml" title={feed.title} href={feed.href} />
      ))}
      <link rel="search" type="application/opensearchdescription+xml" title={site.name} href={urls.openSearch()} />
      {embeddable && (
        <>
          <link rel="alternate" type="application/json+oembed" title={title} href={site.publicUrl + json} />
          <link rel="alternate" type="text/xml+oembed" title={title} href={site.publicUrl + xml} />
        </>
      )}
      <meta property="og:type" content={article ? 'article' : 'website'} />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      {text !== undefined && text !== '' && <meta property="og:description" content={text} />}
      <meta property="og:url" content={address(voice.lang)} />
      <meta property="og:locale" content={voice.lang === 'fr' ? 'fr_FR' : 'en_GB'} />
      <meta property="og:image" content={image} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content={String(pictureSize.width)} />
      <meta property="og:image:height" content={String(pictureSize.height)} />
      <meta property="og:image:alt" content={pictureText ?? title} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}
