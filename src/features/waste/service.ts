// The verbs of waste: which sector an address is in, what is collected next there, whether a recycling centre is open, how to sort.
import type { Context } from '../../context.ts';
import { dayInParis, dayNumber, dayOf } from '../../data/waste/days.ts';
import { collectionsOfYear, nextCollections } from '../../data/waste/next.ts';
import { openingState, readOpeningHours } from '../../data/waste/opening-hours.ts';
import { sectorsAt } from '../../data/waste/sectors.ts';
import { TerroirError } from '../../lib/errors.ts';
import { parisClock } from '../../lib/paris.ts';
import { apart } from '../../lib/request-scope.ts';
import { foldedWords } from '../../lib/text.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import type { Day } from '../../model/waste.ts';
import { getDataset, listCommunes } from '../catalog/service.ts';
import { streetsOf } from './addresses.ts';
import { competentFor } from './competence.ts';
import { wasteDatasetIds } from './queries.ts';
import type {
  CentreAnswer,
  NextAnswer,
  Place,
  SectorAnswer,
  SortingAdvice,
  TerritoryWaste,
  WasteSector,
} from './schemas.ts';
import { readTable, unlessGone, type WasteTable, wasteColumns, wasteSchemas } from './tables.ts';
import { territoryWaste } from './territory-waste.ts';

/** How long what is published is taken for granted: a new version, an exception, a withdrawal shows after that. */
const freshMilliseconds = 5000;

type Known = { readonly until: number; readonly waste: Promise<TerritoryWaste> };
type Memory = {
  readonly territories: Map<string, Known>;
  /** By version: versions never change. */
  readonly tables: Map<string, Promise<WasteTable | null>>;
  /** Named by the tables that it is made of. */
  made: { readonly key: string; readonly waste: TerritoryWaste } | null;
};
const memories = new WeakMap<Context['db'], Memory>();
const mostTables = 60;

/** Everything known of waste here, from the published datasets that the asker may see. */
export async function wasteHere(context: Context): Promise<TerritoryWaste> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const memory = memories.get(context.db) ?? { territories: new Map(), tables: new Map(), made: null };
  memories.set(context.db, memory);
  const shown = context.shownOrganizations?.join() ?? '';
  const known = memory.territories.get(shown);
  const now = Date.now();
  if (known !== undefined && known.until > now) return known.waste;
  // Read for everybody: whoever asked first may leave.
  const waste = apart(() => load(context, memory));
  // An address of one organization alone is seldom asked: what it was is not kept for ever.
  if (memory.territories.size > 100) memory.territories.clear();
  memory.territories.set(shown, { until: now + freshMilliseconds, waste });
  waste.catch(() => memory.territories.delete(shown));
  return waste;
}

async function load(context: Context, memory: Memory): Promise<TerritoryWaste> {
  const { shownOrganizations = null } = context;
  const ids = await wasteDatasetIds(context.db, wasteSchemas, wasteColumns, shownOrganizations);
  const tables: WasteTable[] = [];
  const keys: string[] = [];
  for (const id of ids) {
    const dataset = await unlessGone(getDataset(context, id));
    const version = dataset?.version ?? null;
    if (dataset === null || version === null) continue;
    // What is said of it may change without its rows.
    const key = JSON.stringify([version.key, dataset.title, dataset.licence, dataset.modifiedAt, dataset.verifiedAt]);
    let reading = memory.tables.get(key);
    if (reading === undefined) {
      reading = unlessGone(readTable(context, dataset, version));
      if (memory.tables.size >= mostTables) memory.tables.clear();
      memory.tables.set(key, reading);
      reading.catch(() => memory.tables.delete(key));
    }
    const table = await reading;
    if (table === null) continue;
    tables.push(table);
    keys.push(key);
  }
  const key = keys.join('\n');
  if (memory.made?.key !== key) memory.made = { key, waste: territoryWaste(tables) };
  return memory.made.waste;
}

/** The sectors, by commune and name. */
export async function listSectors(context: Context): Promise<readonly WasteSector[]> {
  const { sectors } = await wasteHere(context);
  const named = [...sectors.values()].filter(({ ofStreet }) => !ofStreet);
  const order = ({ commune, name }: WasteSector) => `${commune ?? ''} ${name}`;
  return named.sort((one, other) => order(one).localeCompare(order(other), 'fr', { numeric: true }));
}

/** @throws TerroirError waste.sectorUnknown */
export async function getSector(context: Context, id: string): Promise<WasteSector> {
  const sector = (await wasteHere(context)).sectors.get(id);
  if (sector === undefined) throw new TerroirError('waste.sectorUnknown', { id });
  return sector;
}

/** The sector of a point, a street or a commune; several when one cannot know, who is competent when it is elsewhere. */
export async function sectorOf(context: Context, place: Place): Promise<SectorAnswer> {
  const { sectors, streets } = await wasteHere(context);
  const all = [...sectors.values()];
  const { insee, street, lon, lat } = place;
  if (lon !== null && lat !== null) {
    const drawn = all.filter(({ polygons }) => polygons.length > 0);
    const found = sectorsAt(drawn, lon, lat);
    if (found.length > 0) return oneOf(found, null);
    if (drawn.length > 0 && insee === null && street === null) return { kind: 'outside', insee: null, competent: null };
  }
  if (street !== null) {
    const found = streetsOf(streets, street, insee);
    const first = found[0];
    const ids = new Set(found.map(({ sector }) => sector));
    if (first !== undefined)
      return oneOf(
        [...ids].flatMap((id) => sectors.get(id) ?? []),
        first.name,
      );
  }
  if (insee === null) return { kind: 'unknown' };
  const here = (await listSectors(context)).filter((sector) => sector.insee === insee);
  if (here.length > 0) return oneOf(here, null);
  // Its streets have days of their own: the street must be said.
  if (all.some((sector) => sector.insee === insee)) return { kind: 'unknown' };
  const elsewhere = await competentFor(context, insee);
  return { kind: 'outside', insee, competent: elsewhere?.competent ?? null };
}

function oneOf(sectors: readonly WasteSector[], street: string | null): SectorAnswer {
  const [sector] = sectors;
  if (sector === undefined) return { kind: 'unknown' };
  return sectors.length === 1 ? { kind: 'found', sector, street } : { kind: 'choose', sectors };
}

/** The INSEE code of a commune by its code or its name; null when no table knows it. */
export async function communeCode(context: Context, text: string): Promise<string | null> {
  mustBeAbleTo(context.actor, 'catalog.read');
  if (/^\d[\dAB]\d{3}$/.test(text)) return text;
  const wanted = foldedWords(text, '-');
  if (wanted === '') return null;
  const here = (await listCommunes(context)).find(({ name }) => foldedWords(name, '-') === wanted);
  if (here !== undefined) return here.insee;
  const served = [...(await wasteHere(context)).sectors.values()];
  const sector = served.find(({ commune }) => commune !== null && foldedWords(commune, '-') === wanted);
  return sector?.insee ?? (await competentFor(context, text))?.insee ?? null;
}

/** @throws TerroirError waste.sectorUnknown, waste.dayInvalid */
export async function nextOf(context: Context, id: string, from: Day, count: number): Promise<NextAnswer> {
  const sector = await getSector(context, id);
  if (dayNumber(from) === null) throw new TerroirError('waste.dayInvalid', { value: from });
  const found = nextCollections(sector.calendar, null, from, count);
  const dates = new Set(found.collections.map(({ date }) => date));
  return { ...found, sector, from, ended: dates.size < count };
}

/** @throws TerroirError waste.sectorUnknown */
export async function yearOfSector(context: Context, id: string, year: number): Promise<NextAnswer> {
  const sector = await getSector(context, id);
  return { ...collectionsOfYear(sector.calendar, null, year), sector, from: `${year}-01-01`, ended: false };
}

/** The recycling centres, those of a commune first, each with its state at an instant. */
export async function centresAt(context: Context, at: Date, insee: string | null): Promise<readonly CentreAnswer[]> {
  const { centres } = await wasteHere(context);
  const { hour, minute } = parisClock(at);
  return centres
    .map((centre) => {
      const hours = readOpeningHours(centre.hours);
      const { closed } = centre;
      return {
        ...centre,
        state: hours === null ? null : openingState(hours, dayInParis(at), hour * 60 + minute, { closed }),
      };
    })
    .sort((one, other) => Number(other.insee === insee) - Number(one.insee === insee));
}

/** Where to throw something away: names first, then other words for it. */
export async function searchSorting(context: Context, words: string): Promise<readonly SortingAdvice[]> {
  const { sorting } = await wasteHere(context);
  const wanted = foldedWords(words, '-')
    .split('-')
    .map(singular)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  const rank = ({ waste, synonyms }: SortingAdvice) => {
    const holds = (text: string) => {
      const own = foldedWords(text, '-').split('-').map(singular);
      return wanted.every((word) => own.some((each) => each.startsWith(word)));
    };
    return holds(waste) ? 2 : synonyms.some(holds) ? 1 : 0;
  };
  return sorting
    .filter((each) => rank(each) > 0)
    .sort((one, other) => rank(other) - rank(one))
    .slice(0, 20);
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/[sx]$/, '') : word;
}

export async function bulkyItems(context: Context, insee: string | null) {
  const { bulky } = await wasteHere(context);
  return bulky.find((each) => each.insee === insee) ?? bulky.find((each) => each.insee === null) ?? null;
}

/** Today in Paris, and tonight's hour: what « ce soir » depends on. */
export function todayInParis(context: Context): Day {
  return dayInParis(context.now());
}

/** The evening before a collection. */
export function eveOf(day: Day): Day {
  return dayOf((dayNumber(day) ?? 0) - 1);
}
