// What was asked of waste, by a page's address or by a program, and everything that is said in answer.
import type { Context } from '../../context.ts';
import type { Language } from '../../model/language.ts';
import { listCommunes } from '../catalog/service.ts';
import { centreLine, nextLines, sectorLine, sourceLine } from './answers.ts';
import type { Place, SectorAnswer } from './schemas.ts';
import {
  bulkyItems,
  centresAt,
  communeCode,
  listSectors,
  nextOf,
  searchSorting,
  sectorOf,
  todayInParis,
  wasteHere,
} from './service.ts';

export type Query = Readonly<Record<string, unknown>>;

/** Days of collection that are shown. */
const shown = 4;
const mostCharacters = 200;

/** What was typed: in English for programs, in French for the page's address. */
export function textsOf(query: Query) {
  const text = (...names: readonly string[]) => {
    const value = names.map((name) => query[name]).find((each) => typeof each === 'string');
    return typeof value === 'string' ? value.trim().slice(0, mostCharacters) : '';
  };
  return { commune: text('commune', 'insee'), street: text('street', 'rue'), words: text('q', 'dechet') };
}

/** Where the asker lives, as far as the address says. */
export async function placeOf(context: Context, query: Query): Promise<Place> {
  const { commune, street } = textsOf(query);
  const degrees = (value: unknown) => {
    const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : null;
  };
  return {
    insee: commune === '' ? null : await communeCode(context, commune),
    street: street === '' ? null : street,
    lon: degrees(query['lon']),
    lat: degrees(query['lat']),
  };
}

/** A commune that no table knows is elsewhere, wherever its streets are. */
export async function answerOf(context: Context, place: Place, commune: string): Promise<SectorAnswer> {
  if (commune !== '' && place.insee === null) return { kind: 'outside', insee: null, competent: null };
  return sectorOf(context, place);
}

export type AnswerLine = ReturnType<typeof answerLine>;

export function answerLine(answer: SectorAnswer) {
  if (answer.kind === 'found') return { ...answer, sector: sectorLine(answer.sector) };
  if (answer.kind === 'choose') return { ...answer, sectors: answer.sectors.map(sectorLine) };
  return answer;
}

type Asked = { readonly insee: string | null; readonly words: string; readonly sector: string | null };

/** All that a page says. */
export async function pageData(context: Context, lang: Language, { insee, words, sector }: Asked) {
  const today = todayInParis(context);
  const next = sector === null ? null : nextLines(await nextOf(context, sector, today, shown), today, lang);
  const here = next?.sector.insee ?? insee;
  const [communes, sectors, centres, sorting, bulky] = await Promise.all([
    listCommunes(context),
    listSectors(context),
    centresAt(context, context.now(), here),
    searchSorting(context, words),
    bulkyItems(context, here),
  ]);
  return {
    today,
    communes: communes.map(({ name }) => name),
    next,
    sectors: sectors.map(sectorLine),
    centres: centres.map((each) => centreLine(each, today, lang)),
    /** Whether anything is known of where things go. */
    sortable: (await wasteHere(context)).sorting.length > 0,
    sorting: sorting.map((each) => ({ ...each, source: sourceLine(each.source) })),
    bulky: bulky === null ? null : { ...bulky, source: sourceLine(bulky.source) },
  };
}
