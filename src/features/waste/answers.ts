// What the verbs found, as programs and pages are told it: one line a day, with the evening to put the bin out and the reason of a shift.
import type { openingState } from '../../data/waste/opening-hours.ts';
import { fillSentence } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { wasteMessages } from '../../model/messages/waste.ts';
import { licenceById } from '../../model/reference.ts';
import type { Day } from '../../model/waste.ts';
import { changeText, longDay, wasteProblemText, weekdayName } from '../../model/waste-words.ts';
import type { Voice } from '../../web/language.ts';
import { urls } from '../../web/urls.ts';
import type { Agenda, AgendaEvent } from './ical.ts';
import type { CentreAnswer, NextAnswer, WasteSector, WasteSource } from './schemas.ts';
import { eveOf } from './service.ts';

export type SourceLine = Omit<WasteSource, 'updatedAt'> & { readonly updatedAt: string; readonly url: string };

export type DayLine = {
  readonly date: Day;
  /** « mardi 12 mai » */
  readonly day: string;
  readonly streams: readonly { readonly code: string; readonly label: string; readonly colour: string | null }[];
  readonly shifted: boolean;
  /** Why it is not the usual day, once each. */
  readonly reasons: readonly string[];
  /** The evening on which the bin goes out, and how to say it: « ce soir », « lundi soir ». */
  readonly putOut: { readonly date: Day; readonly text: string };
  readonly timeWindow: string | null;
};

export type NextLines = {
  readonly sector: SectorLine;
  readonly from: Day;
  readonly next: readonly DayLine[];
  /** Collections whose day nobody has said. */
  readonly undecided: readonly { readonly planned: Day; readonly label: string; readonly sentence: string }[];
  readonly cancelled: readonly { readonly planned: Day; readonly label: string; readonly reason: string }[];
  readonly instruction: string | null;
  /** Whether the published calendar ends there. */
  readonly ended: boolean;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly sources: readonly SourceLine[];
  readonly ical: string;
};

export type SectorLine = Pick<WasteSector, 'id' | 'name' | 'commune' | 'insee'>;

export function sectorLine({ id, name, commune, insee }: WasteSector): SectorLine {
  return { id, name, commune, insee };
}

export function sourceLine(source: WasteSource): SourceLine {
  return { ...source, updatedAt: source.updatedAt.toISOString(), url: urls.dataset(source.dataset) };
}

/** What a licence is called; its identifier when it is not one of ours. */
export function licenceTitle(id: string, voice: Pick<Voice, 'of'>): string {
  const licence = licenceById(id);
  return licence === null ? id : voice.of(licence.title);
}

/** @param today the day in Paris, for « ce soir » */
export function nextLines(found: NextAnswer, today: Day, lang: Language): NextLines {
  const { sector, from, collections, undecided, cancelled, problems, ended } = found;
  const labelOf = (code: string) => streamOf(sector, code).label;
  const days = [...new Set(collections.map(({ date }) => date))];
  return {
    sector: sectorLine(sector),
    from,
    next: days.map((date) => {
      const own = collections.filter((each) => each.date === date);
      return {
        date,
        day: longDay(date, lang, false),
        streams: own.map(({ stream }) => streamOf(sector, stream)),
        shifted: own.some(({ change, planned }) => change !== null && planned !== date),
        reasons: [...new Set(own.flatMap((each) => changeText(each, lang) ?? []))],
        putOut: { date: eveOf(date), text: eveningText(eveOf(date), today, lang) },
        timeWindow: own.find(({ timeWindow }) => timeWindow !== null)?.timeWindow ?? null,
      };
    }),
    undecided: undecided.map(({ planned, stream }) => ({
      planned,
      label: labelOf(stream),
      sentence: fillSentence(wasteMessages['waste.undecided'][lang], {
        stream: labelOf(stream),
        day: longDay(planned, lang, false),
      }),
    })),
    cancelled: cancelled.map((each) => ({
      planned: each.planned,
      label: labelOf(each.stream),
      reason: changeText(each, lang) ?? '',
    })),
    instruction: sector.instruction,
    ended,
    problems: problems.map((each) => ({ code: each.code, message: wasteProblemText(each, lang) })),
    sources: sector.sources.map(sourceLine),
    ical: urls.wasteAgenda(sector.id),
  };
}

function streamOf({ calendar }: WasteSector, code: string) {
  return calendar.streams.find((each) => each.code === code) ?? { code, label: code, colour: null };
}

/** « ce soir » until midnight in Paris of the day itself. */
function eveningText(evening: Day, today: Day, lang: Language): string {
  if (evening === today) return wasteMessages['waste.tonight'][lang];
  if (evening < today) return wasteMessages['waste.now'][lang];
  return fillSentence(wasteMessages['waste.evening'][lang], { day: weekdayName(evening, lang) });
}

export type CentreLine = Omit<CentreAnswer, 'source' | 'state'> & {
  readonly open: boolean | null;
  /** « Ouverte, ferme à 17 h 45 » */
  readonly state: string;
  readonly source: SourceLine;
};

export function centreLine({ state, source, ...centre }: CentreAnswer, today: Day, lang: Language): CentreLine {
  return { ...centre, open: state?.open ?? null, state: stateText(state, today, lang), source: sourceLine(source) };
}

function stateText(state: ReturnType<typeof openingState> | null, today: Day, lang: Language): string {
  if (state === null) return wasteMessages['waste.centre.unread'][lang];
  if (state.open) return fillSentence(wasteMessages['waste.centre.open'][lang], { time: clock(state.closes, lang) });
  if (state.next === null) return wasteMessages['waste.centre.closed'][lang];
  const { day, at } = state.next;
  const key = day === today ? 'waste.centre.opensToday' : 'waste.centre.opens';
  return fillSentence(wasteMessages[key][lang], { day: longDay(day, lang, false), time: clock(at, lang) });
}

/** « 17 h 45 », « 9 h » */
function clock(minutes: number, lang: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const shown = String(rest).padStart(2, '0');
  if (lang === 'en') return `${hours}:${shown}`;
  return rest === 0 ? `${hours} h` : `${hours} h ${shown}`;
}

/** The agenda of a sector over the years given: shifted days keep the identifier of their usual day. */
export function agendaOf(
  years: readonly NextAnswer[],
  place: { readonly publicUrl: string; readonly lang: Language; readonly alarm: number | null },
): Agenda | null {
  const sector = years[0]?.sector;
  if (sector === undefined) return null;
  const { lang, publicUrl, alarm } = place;
  const label = (code: string) => streamOf(sector, code).label;
  const keyOf = (stream: string, planned: Day) => `${sector.id}\n${stream}\n${planned}`;
  const name = fillSentence(wasteMessages['waste.agenda.name'][lang], { sector: fullName(sector) });
  const events = years.flatMap(({ collections, undecided, cancelled }): readonly AgendaEvent[] => [
    ...collections.map((each) => ({
      key: keyOf(each.stream, each.planned ?? `+${each.date}`),
      day: each.date,
      summary: fillSentence(wasteMessages['waste.agenda.event'][lang], { stream: label(each.stream) }),
      description: [changeText(each, lang), sector.instruction].flatMap((part) => part ?? []).join('\n'),
      status: 'CONFIRMED' as const,
    })),
    ...undecided.map((each) => ({
      key: keyOf(each.stream, each.planned),
      day: each.planned,
      summary: fillSentence(wasteMessages['waste.agenda.undecided'][lang], { stream: label(each.stream) }),
      description: fillSentence(wasteMessages['waste.undecided'][lang], {
        stream: label(each.stream),
        day: longDay(each.planned, lang),
      }),
      status: 'TENTATIVE' as const,
    })),
    ...cancelled.map((each) => ({
      key: keyOf(each.stream, each.planned),
      day: each.planned,
      summary: fillSentence(wasteMessages['waste.agenda.cancelled'][lang], { stream: label(each.stream) }),
      description: changeText(each, lang) ?? '',
      status: 'CANCELLED' as const,
    })),
  ]);
  // A collection of the turn of the year is in both years: it is told once.
  const once = [...new Map(events.map((event) => [event.key, event])).values()];
  const sources = sector.sources.map(({ title, organization, licence }) => `${title} (${organization}, ${licence})`);
  return {
    name,
    description: fillSentence(wasteMessages['waste.agenda.source'][lang], { sources: sources.join(' ; ') }),
    events: once.sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0)),
    changedAt: new Date(Math.max(...sector.sources.map(({ updatedAt }) => updatedAt.getTime()))),
    host: new URL(publicUrl).host,
    page: new URL(urls.wasteOf(sector.id), publicUrl).href,
    alarm,
  };
}

export function fullName({ commune, name }: Pick<WasteSector, 'commune' | 'name'>): string {
  return commune === null || name.includes(commune) ? name : `${commune}, ${name}`;
}
