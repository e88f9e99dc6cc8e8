// How pages speak: sentences of the catalogue, numbers and dates as each language writes them.
import { type ErrorParams, fillSentence } from '../lib/errors.ts';
import type { Language, Sentence } from '../model/language.ts';
import { accountMessages } from '../model/messages/accounts.ts';
import { compareMessages } from '../model/messages/compare.ts';
import { componentMessages } from '../model/messages/components.ts';
import { coverageMessages } from '../model/messages/coverage.ts';
import { deskMessages } from '../model/messages/desk.ts';
import { discoveryMessages } from '../model/messages/discovery.ts';
import { explorerMessages } from '../model/messages/explorer.ts';
import { faceMessages } from '../model/messages/face.ts';
import { freshnessMessages } from '../model/messages/freshness.ts';
import { harmonisationMessages } from '../model/messages/harmonisation.ts';
import { intakeMessages } from '../model/messages/intake.ts';
import { mcpMessages } from '../model/messages/mcp.ts';
import { ogcMessages } from '../model/messages/ogc.ts';
import { openingPageMessages } from '../model/messages/opening-pages.ts';
import { pageMessages } from '../model/messages/pages.ts';
import { peopleMessages } from '../model/messages/people.ts';
import { reminderMessages } from '../model/messages/reminders.ts';
import { schemaPageMessages } from '../model/messages/schemas.ts';
import { searchMessages } from '../model/messages/search.ts';
import { sourceMessages } from '../model/messages/sources.ts';
import { storyMessages } from '../model/messages/stories.ts';
import { studioMessages } from '../model/messages/studio.ts';
import { territorySchemaMessages } from '../model/messages/territory-schemas.ts';
import { versionPageMessages } from '../model/messages/versions.ts';
import { wastePageMessages } from '../model/messages/waste.ts';

const messages = {
  ...accountMessages,
  ...peopleMessages,
  ...componentMessages,
  ...deskMessages,
  ...discoveryMessages,
  ...explorerMessages,
  ...compareMessages,
  ...faceMessages,
  ...intakeMessages,
  ...mcpMessages,
  ...ogcMessages,
  ...openingPageMessages,
  ...pageMessages,
  ...reminderMessages,
  ...searchMessages,
  ...sourceMessages,
  ...harmonisationMessages,
  ...schemaPageMessages,
  ...territorySchemaMessages,
  ...coverageMessages,
  ...versionPageMessages,
  ...wastePageMessages,
  ...studioMessages,
  ...storyMessages,
};
export type MessageKey = keyof typeof messages;

/** Everything a page needs to speak one language. */
export type Voice = {
  readonly lang: Language;
  /** The `lang` of what producers write, in French: said only where the page is in another language. */
  readonly written: 'fr' | undefined;
  say(key: MessageKey, params?: ErrorParams): string;
  /** The right one of two sentences: the first for 0 and 1 (French) or 1 (English), the second beyond. */
  count(one: MessageKey, many: MessageKey, count: number): string;
  /** « 3 jeux de données », and kinder words for none. */
  datasets(count: number): string;
  /** Whether a count goes with the singular in this language. */
  isOne(count: number): boolean;
  /** The same choice without writing the count. */
  plural(count: number, one: MessageKey, many: MessageKey): string;
  of(sentence: Sentence): string;
  /** A text of ours or of a producer, with the spaces that never break where French wants them. */
  typeset(text: string): string;
  freshness(name: keyof typeof freshnessMessages): string;
  number(value: number): string;
  /** Every digit that the data has, as the language writes them. */
  exact(value: number): string;
  /** A sum of money: cents go by two, none are made up for a round sum. */
  amount(value: number): string;
  percent(share: number): string;
  bytes(value: number): string;
  /** In full: « 3 mai 2026 ». */
  date(value: Date): string;
  /** A day to come or just past: « mercredi 25 novembre 2026 ». */
  weekday(iso: string): string;
  /** For tables: « 03/05/2026 », "3 May 2026"; the text itself when it is no day. */
  day(iso: string): string;
  /** 1 to 12: « mars ». */
  month(number: number): string;
  /** "03-31": « 31 mars ». */
  dayOfYear(monthAndDay: string): string;
};

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;
const units = { fr: ['octets', 'ko', 'Mo', 'Go'], en: ['bytes', 'kB', 'MB', 'GB'] } as const;

function makeVoice(lang: Language): Voice {
  const locale = locales[lang];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Europe/Paris' });
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 20 });
  const day = new Intl.DateTimeFormat(locale, {
    ...(lang === 'fr' ? { day: '2-digit', month: '2-digit' } : { day: 'numeric', month: 'short' }),
    year: 'numeric',
    timeZone: 'UTC',
  });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const isOne = (value: number) => (lang === 'fr' ? value < 2 : value === 1);
  const typeset = lang === 'fr' ? frenchSpaces : (text: string) => text;
  const say = (key: MessageKey, params: ErrorParams = {}) => typeset(fillSentence(messages[key][lang], params));
  const count = (one: MessageKey, many: MessageKey, value: number) =>
    say(isOne(value) ? one : many, { count: number.format(value) });
  return {
    lang,
    written: lang === 'fr' ? undefined : 'fr',
    say,
    isOne,
    count,
    datasets: (value) => (value === 0 ? say('datasets.none') : count('datasets.one', 'datasets.many', value)),
    plural: (value, one, many) => say(isOne(value) ? one : many),
    of: (sentence) => typeset(sentence[lang]),
    typeset,
    freshness: (name) => freshnessMessages[name][lang],
    number: (value) => number.format(value),
    exact: (value) => exact.format(value),
    amount: (value) => (Number.isInteger(value) ? exact : cents).format(value),
    // 100 % is said of all, never of nearly all.
    percent: (share) => percent.format(share < 1 ? Math.min(share, 0.99) : 1),
    bytes(value) {
      const power = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
      return `${short.format(value / 1000 ** power)}\u00a0${units[lang][power]}`;
    },
    date: (value) => date.format(value),
    weekday: (iso) => weekday.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    // Years before 1000 or beyond 9999 are rare enough to be shown as they are.
    day: (iso) => (/^[1-9]\d{3}-\d\d-\d\d$/.test(iso) ? day.format(new Date(`${iso}T00:00:00Z`)) : iso),
    month: (number) => month.format(new Date(Date.UTC(2025, number - 1, 1))),
    dayOfYear: (monthAndDay) => dayOfYear.format(new Date(`2025-${monthAndDay}T00:00:00Z`)),
  };
}

/** No line ends before « : ; ? ! » or inside guillemets at their edges (Imprimerie nationale). */
function frenchSpaces(text: string): string {
  return text
    .replace(/« /g, '«\u00a0')
    .replace(/ ([»:])/g, '\u00a0$1')
    .replace(/ ([;?!])/g, '\u202f$1');
}

export const voices: Readonly<Record<Language, Voice>> = { fr: makeVoice('fr'), en: makeVoice('en') };

/** French, unless the address says otherwise or the browser asks for English and knows no French. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'en' || asked === 'fr') return asked;
  const known = (acceptLanguage ?? '')
    .toLowerCase()
    .split(',')
    .map((item) => item.trim());
  return known[0]?.startsWith('en') === true && !known.some((item) => item.startsWith('fr')) ? 'en' : 'fr';
}
