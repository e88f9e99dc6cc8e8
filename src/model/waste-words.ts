// How days and shifts of collection are told to people, in French and in English.
import { fillSentence } from '../lib/errors.ts';
import type { Language } from './language.ts';
import { wasteMessages } from './messages/waste.ts';
import { type Problem, problemMessage } from './problem.ts';
import type { Change, Day } from './waste.ts';

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(lang: Language, year: boolean): Intl.DateTimeFormat {
  const key = `${lang} ${year}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locales[lang], {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(year ? { year: 'numeric' } : {}),
  });
  formats.set(key, format);
  return format;
}

/** « jeudi 1er mai 2025 », without the year « jeudi 1er mai ». */
export function longDay(day: Day, lang: Language, year = true): string {
  const text = formatOf(lang, year).format(new Date(`${day}T12:00:00Z`));
  return lang === 'fr' ? text.replace(/ 1 (?=\p{L})/u, ' 1er ') : text;
}

/** « jeudi ». */
export function weekdayName(day: Day, lang: Language): string {
  const format = weekdays.get(lang) ?? new Intl.DateTimeFormat(locales[lang], { timeZone: 'UTC', weekday: 'long' });
  weekdays.set(lang, format);
  return format.format(new Date(`${day}T12:00:00Z`));
}

/** Made once: a format costs a hundred times what it writes. */
const weekdays = new Map<Language, Intl.DateTimeFormat>();

/** « décalé : jeudi 1er mai férié »; null for a collection on its usual day. A collection without date is cancelled. */
export function changeText(
  { change, planned, date }: { change: Change | null; planned: Day | null; date?: Day },
  lang: Language,
): string | null {
  if (change === null) return null;
  if (change.kind === 'holiday') {
    const day = longDay(change.holiday.date, lang, false);
    return fillSentence(wasteMessages[date === undefined ? 'waste.change.dayOff' : 'waste.change.holiday'][lang], {
      day,
    });
  }
  const { reason } = change;
  if (date === undefined) return reason;
  if (planned === null) return fillSentence(wasteMessages['waste.change.added'][lang], { reason });
  if (planned === date) return fillSentence(wasteMessages['waste.change.kept'][lang], { reason });
  const key = reason === '' ? 'waste.change.other' : 'waste.change.exception';
  return fillSentence(wasteMessages[key][lang], { reason, day: longDay(planned, lang, false) });
}

/** The sentence of a problem, its days written in full. */
export function wasteProblemText(problem: Problem, lang: Language): string {
  return problemMessage(problem, lang).replace(/\b\d{4}-\d\d-\d\d\b/g, (day) =>
    Number.isNaN(Date.parse(`${day}T12:00:00Z`)) ? day : longDay(day, lang),
  );
}
