// What the widget of waste says, as sentences that are ready to be shown: the script on communes' sites holds none of its own. Pure.
import { fillSentence } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { wasteMessages } from '../../model/messages/waste.ts';
import { weekdayName } from '../../model/waste-words.ts';
import type { Voice } from '../../web/language.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { fullName, licenceTitle, type SourceLine } from './answers.ts';
import type { AnswerLine, pageData } from './asked.ts';

type PageData = Awaited<ReturnType<typeof pageData>>;
export type Link = { readonly text: string; readonly href: string };

export type WasteWidgetAnswer = {
  /** When it was said, and the day in Paris then: what is shown again later knows how old it is. */
  readonly at: string;
  readonly today: string;
  readonly words: Readonly<Record<string, string>>;
  /** Nothing was found: why, and what to do. */
  readonly notice: string | null;
  readonly choose: readonly { readonly id: string; readonly name: string }[];
  readonly sector: { readonly id: string; readonly name: string } | null;
  readonly days: readonly {
    readonly date: string;
    readonly day: string;
    readonly bins: readonly { readonly label: string; readonly colour: string | null }[];
    readonly putOut: string;
    /** The same without « ce soir », for another day than today. */
    readonly putOutOn: string;
    readonly notes: readonly string[];
  }[];
  readonly lines: readonly string[];
  readonly links: readonly Link[];
  readonly centres: readonly { readonly name: string; readonly state: string; readonly lines: readonly string[] }[];
  /** Whether anything is known of where things go. */
  readonly sortable: boolean;
  readonly sorting: readonly {
    readonly waste: string;
    readonly destination: string;
    readonly instruction: string | null;
  }[];
  readonly sortingNone: string | null;
  readonly bulky: { readonly lines: readonly string[]; readonly phone: string | null } | null;
  readonly sources: readonly Link[];
};

type Asked = {
  readonly at: Date;
  readonly insee: string | null;
  readonly words: string;
  /** Whether a street or a point was said. */
  readonly typed: boolean;
  readonly answer: AnswerLine | null;
  readonly publicUrl: string;
  readonly voice: Voice;
};

export function widgetAnswer(data: PageData, asked: Asked): WasteWidgetAnswer {
  const { voice, publicUrl, answer } = asked;
  const { next, today } = data;
  const absolute = (path: string) => publicUrl + path;
  return {
    at: asked.at.toISOString(),
    today,
    words: wordsOf(voice),
    notice: answer === null || next !== null ? null : noticeOf(answer, asked.typed, voice),
    choose: next === null ? choicesOf(data, asked) : [],
    sector: next === null ? null : { id: next.sector.id, name: fullName(next.sector) },
    days: (next?.next ?? []).map(({ date, day, streams, putOut, reasons, timeWindow }) => ({
      date,
      day,
      bins: streams.map(({ label, colour }) => ({ label, colour })),
      putOut: voice.say('waste.putOut', { when: putOut.text }),
      putOutOn: voice.say('waste.putOut', { when: eveningOf(putOut.date, voice.lang) }),
      notes: [...reasons, ...(timeWindow === null ? [] : [voice.say('waste.hours', { hours: timeWindow })])],
    })),
    lines: next === null ? [] : linesOf(next, voice),
    links: [
      ...(next === null
        ? []
        : [
            { text: voice.say('waste.agenda'), href: absolute(next.ical) },
            {
              text: voice.say('waste.print', { year: Number(today.slice(0, 4)) }),
              href: absolute(urls.wasteYear(next.sector.id, Number(today.slice(0, 4)))),
            },
            ...next.sources.slice(0, 1).map(({ url }) => ({ text: voice.say('waste.report'), href: absolute(url) })),
          ]),
      {
        text: voice.say('waste.whole'),
        href: absolute(
          next === null ? withQuery(urls.waste(), { commune: asked.insee }) : urls.wasteOf(next.sector.id),
        ),
      },
    ],
    centres: data.centres.map((centre) => ({
      name: centre.name,
      state: centre.state,
      lines: [
        [centre.address, centre.commune].filter((part) => part !== null).join(', '),
        ...(centre.open === null ? [centre.hours] : []),
        ...(centre.card === true ? [voice.say('waste.card')] : []),
        ...(centre.limit === null ? [] : [voice.say('waste.limit', { limit: centre.limit })]),
        ...(centre.accepted.length === 0 ? [] : [voice.say('waste.accepted', { list: centre.accepted.join(', ') })]),
      ].filter((line) => line !== ''),
    })),
    sortable: data.sortable,
    sorting: data.sorting.map(({ waste, destination, instruction }) => ({ waste, destination, instruction })),
    sortingNone:
      asked.words === '' || data.sorting.length > 0 ? null : voice.say('waste.sorting.none', { words: asked.words }),
    bulky:
      data.bulky === null
        ? null
        : {
            lines: [data.bulky.mode, data.bulky.conditions].filter((line): line is string => line !== null),
            phone: data.bulky.phone,
          },
    sources: sourcesOf(data, voice, absolute),
  };
}

/** What the widget's buttons and headings are called. */
function wordsOf(voice: Voice): Readonly<Record<string, string>> {
  return {
    title: voice.say('waste.title'),
    street: voice.say('waste.street'),
    commune: voice.say('waste.commune'),
    find: voice.say('waste.find'),
    choose: voice.say('waste.choose'),
    next: voice.say('waste.next'),
    noNext: voice.say('waste.noNext'),
    sorting: voice.say('waste.sorting'),
    sortingLabel: voice.say('waste.sorting.label'),
    sortingFind: voice.say('waste.sorting.find'),
    centres: voice.say('waste.centres'),
    bulky: voice.say('waste.bulky'),
    remember: voice.say('waste.remember'),
    forget: voice.say('waste.forget'),
    change: voice.say('waste.change'),
    old: voice.say('waste.old', { date: '{date}' }),
  };
}

function noticeOf(answer: AnswerLine, typed: boolean, voice: Voice): string | null {
  // Nobody has said where they live yet: nothing is wrong.
  if (answer.kind === 'unknown') return voice.say(typed ? 'waste.unknown' : 'waste.frame.choose');
  if (answer.kind !== 'outside') return null;
  return answer.competent === null
    ? voice.say('waste.outside.unknown')
    : voice.say('waste.outside.known', { competent: answer.competent });
}

/** Those among which the answer could not tell; else those of the commune, to choose from. */
function choicesOf({ sectors }: PageData, { answer, insee }: Asked) {
  const own = answer?.kind === 'choose' ? answer.sectors : sectors.filter((sector) => sector.insee === insee);
  return own.map((sector) => ({ id: sector.id, name: insee === null ? fullName(sector) : sector.name }));
}

function linesOf(next: NonNullable<PageData['next']>, voice: Voice): readonly string[] {
  return [
    ...next.undecided.map(({ sentence }) => voice.typeset(sentence)),
    ...next.cancelled.map(({ label, reason }) => voice.typeset(`${label} : ${reason}`)),
    ...(next.ended && next.next.length > 0 ? [voice.say('waste.ended')] : []),
    ...(next.instruction === null ? [] : [voice.typeset(next.instruction)]),
  ];
}

function eveningOf(date: string, lang: Language): string {
  return fillSentence(wasteMessages['waste.evening'][lang], { day: weekdayName(date, lang) });
}

function sourcesOf({ next, centres, sorting, bulky }: PageData, voice: Voice, absolute: (path: string) => string) {
  const all: readonly SourceLine[] = [
    ...(next?.sources ?? []),
    ...centres.map(({ source }) => source),
    ...sorting.map(({ source }) => source),
    ...(bulky === null ? [] : [bulky.source]),
  ];
  const once = [...new Map(all.map((source) => [source.dataset, source])).values()];
  return once.map((source): Link => {
    const said = voice.say('waste.source', {
      title: source.title,
      organization: source.organization,
      licence: licenceTitle(source.licence, voice),
      date: voice.date(new Date(source.updatedAt)),
    });
    return { text: source.demo ? `${said} · ${voice.say('waste.demo')}` : said, href: absolute(source.url) };
  });
}
