// What content management systems keep of a code that is pasted into them: their documented rules, applied to it. Pure.
import type { Sentence } from '../../model/language.ts';
import { escapeHtml } from './html.ts';

export const benchNames = ['plain', 'wordpress', 'joomla', 'typo3', 'spip'] as const;
export type BenchName = (typeof benchNames)[number];

/** What became of one way of embedding: shown as it would be, as a link or a text alone, or nothing of it. */
export type Outcome = 'works' | 'link' | 'lost';

/** The four ways of embedding, as codes to paste. */
export type Codes = {
  readonly script: string;
  readonly iframe: string;
  readonly oembed: string;
  readonly html: string;
};
export const ways = ['script', 'iframe', 'oembed', 'html'] as const;
export type Way = (typeof ways)[number];

export type Kept = { readonly way: Way; readonly outcome: Outcome; readonly html: string };

type Rules = {
  /** Tags whose marks go away while their content stays; null keeps all. */
  readonly keeps: (tag: string) => boolean;
  /** Tags that go away with all they hold. */
  readonly drops: readonly string[];
  /** Whether an address alone on its line becomes what its oEmbed says, framed as below. */
  readonly oembed: ((frame: string) => string) | null;
  /** Who has these rules there; where others have more. */
  readonly who: Sentence;
  /** Where the rules are written. */
  readonly sources: readonly { readonly title: string; readonly url: string }[];
  /** What to do there. */
  readonly advice: Sentence;
};

/** HTML that every one of them lets through. */
const texts =
  /^(?:a|abbr|article|aside|b|blockquote|br|caption|code|div|em|figcaption|figure|footer|h[1-6]|header|hr|i|img|li|nav|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul|dl|dt|dd)$/;

/** Joomla's « default forbidden list » of tags. */
const joomlaForbidden = [
  'applet',
  'base',
  'basefont',
  'bgsound',
  'body',
  'embed',
  'frame',
  'frameset',
  'head',
  'html',
  'id',
  'iframe',
  'ilayer',
  'layer',
  'link',
  'meta',
  'name',
  'object',
  'script',
  'style',
  'title',
  'xml',
];

export const benches: Readonly<Record<BenchName, Rules>> = {
  plain: {
    keeps: () => true,
    drops: [],
    oembed: null,
    who: {
      fr: 'Page HTML écrite à la main : rien n’est filtré.',
      en: 'An HTML page written by hand: nothing is filtered.',
    },
    sources: [
      { title: 'HTML Standard, custom elements', url: 'https://html.spec.whatwg.org/multipage/custom-elements.html' },
    ],
    advice: {
      fr: 'Prenez l’élément et son script : c’est la façon la plus légère.',
      en: 'Take the element and its script: it is the lightest way.',
    },
  },
  wordpress: {
    keeps: (tag) => texts.test(tag),
    drops: [],
    oembed: (frame) => frame.replace('<iframe', '<iframe sandbox="allow-scripts" security="restricted"'),
    who: {
      fr: 'Compte « Auteur » ou « Contributeur », et tous les comptes d’un réseau multisite sauf le super-administrateur. Les « Éditeurs » et « Administrateurs » d’un site seul ne sont pas filtrés.',
      en: 'An "Author" or "Contributor" account, and every account of a multisite network but the super administrator. "Editors" and "Administrators" of a single site are not filtered.',
    },
    sources: [
      {
        title: 'WordPress, Roles and Capabilities: unfiltered_html',
        url: 'https://wordpress.org/documentation/article/roles-and-capabilities/#unfiltered_html',
      },
      {
        title: 'WordPress, wp_filter_oembed_result()',
        url: 'https://developer.wordpress.org/reference/functions/wp_filter_oembed_result/',
      },
    ],
    advice: {
      fr: 'Collez l’adresse oEmbed seule sur sa ligne : tous les comptes peuvent le faire.',
      en: 'Paste the oEmbed address alone on its line: every account may.',
    },
  },
  joomla: {
    keeps: (tag) => !joomlaForbidden.includes(tag),
    drops: [],
    oembed: null,
    who: {
      fr: 'Tous les comptes sauf « Super Utilisateur », avec le filtre de texte par défaut (liste d’interdictions).',
      en: 'Every account but "Super User", with the default text filter (forbidden list).',
    },
    sources: [
      {
        title: 'Joomla, Global Configuration: Text Filters',
        url: 'https://docs.joomla.org/Help4.x:Site_Global_Configuration',
      },
    ],
    advice: {
      fr: 'Demandez à un Super Utilisateur de coller le code dans un module « HTML personnalisé », ou collez le fragment sans script.',
      en: 'Ask a Super User to paste the code into a "Custom HTML" module, or paste the fragment without a script.',
    },
  },
  typo3: {
    keeps: (tag) => texts.test(tag),
    drops: [],
    oembed: null,
    who: {
      fr: 'Éditeur de texte (contenu « Texte ») : seules les balises de la liste permise restent. L’élément de contenu « HTML » n’est pas filtré.',
      en: 'The text editor ("Text" content): only the tags of the allow-list stay. The "HTML" content element is not filtered.',
    },
    sources: [
      {
        title: 'TYPO3, Important #94484: Introduce HTML Sanitizer',
        url: 'https://docs.typo3.org/c/typo3/cms-core/main/en-us/Changelog/9.5.x/Important-94484-IntroduceHTMLSanitizer.html',
      },
      { title: 'typo3/html-sanitizer, CommonBuilder', url: 'https://github.com/TYPO3/html-sanitizer' },
    ],
    advice: {
      fr: 'Ajoutez un élément de contenu « HTML » et collez-y l’élément ou l’iframe.',
      en: 'Add an "HTML" content element and paste the element or the iframe there.',
    },
  },
  spip: {
    keeps: (tag) => tag !== 'base',
    drops: [],
    oembed: null,
    who: {
      fr: 'Article du site public, réglage d’origine (filtrer_javascript à 0) : le script n’est montré en texte que dans l’espace privé. Avec filtrer_javascript à -1, il l’est partout.',
      en: 'An article of the public site, as installed (filtrer_javascript at 0): the script is shown as text in the private area alone. With filtrer_javascript at -1, it is everywhere.',
    },
    sources: [
      { title: 'SPIP, interdire_scripts()', url: 'https://code.spip.net/autodoc/tree/ecrire/inc/texte_mini.php.html' },
    ],
    advice: {
      fr: 'Collez le code entre <html> et </html> dans le texte de l’article : SPIP n’y touche pas.',
      en: 'Paste the code between <html> and </html> in the article: SPIP leaves it alone.',
    },
  },
};

export function isBenchName(name: string): name is BenchName {
  return (benchNames as readonly string[]).includes(name);
}

/** What each way of embedding becomes there. @param frame the frame that the oEmbed address answers */
export function keptBy(name: BenchName, codes: Codes, frame: string): readonly Kept[] {
  const rules = benches[name];
  return ways.map((way) => {
    if (way === 'oembed') {
      if (rules.oembed !== null) return { way, outcome: 'works', html: rules.oembed(frame) };
      // An address alone stays an address: editors make a link of it.
      const address = escapeHtml(codes.oembed);
      return { way, outcome: 'link', html: `<p><a href="${address}">${address}</a></p>` };
    }
    const html = sanitize(codes[way], rules.keeps);
    return { way, html, outcome: outcomeOf(way, codes[way], html) };
  });
}

function outcomeOf(way: Way, before: string, after: string): Outcome {
  const needed = { script: /<script[\s>]/i, iframe: /<iframe[\s>]/i, html: /<[a-z]/i, oembed: /$/ }[way];
  if (needed.test(after) && (way !== 'script' || tagsOf(before).every((tag) => tagsOf(after).includes(tag))))
    return 'works';
  return /<a\s/i.test(after) ? 'link' : 'lost';
}

function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<([a-z][a-z0-9-]*)/gi)].map((match) => (match[1] ?? '').toLowerCase());
}

/** Takes the marks of tags away that do not stay; what they hold stays, but for scripts and styles, which hold no text. */
export function sanitize(html: string, keeps: (tag: string) => boolean): string {
  const emptied = html.replace(/<(script|style)\b[^>]*>([\s\S]*?)<\/\1\s*>/gi, (whole, tag: string) =>
    keeps(tag.toLowerCase()) ? whole : '',
  );
  return emptied.replace(/<\/?([a-z][a-z0-9-]*)\b[^>]*>/gi, (whole, tag: string) =>
    keeps(tag.toLowerCase()) ? whole : '',
  );
}
