// From the rows of the territory's tables to sectors with their calendars, streets, centres: what the verbs answer from.
import { isDay } from '../../data/waste/days.ts';
import { weekdayCodes } from '../../data/waste/recurrence.ts';
import { polygonsOf } from '../../data/waste/sectors.ts';
import { roundsOfText } from '../../data/waste/text/rounds.ts';
import { frenchWeekdays } from '../../data/waste/text/words.ts';
import { slugify } from '../../lib/text.ts';
import type {
  CollectionException,
  CollectionRound,
  DatedCollection,
  HolidayRule,
  HolidayRuleKind,
  Season,
  WasteStream,
} from '../../model/waste.ts';
import { streetKey } from './addresses.ts';
import type { TerritoryWaste, WasteSector, WasteSource, WasteStreet } from './schemas.ts';
import type { Row, WasteKind, WasteTable } from './tables.ts';

type Draft = {
  readonly id: string;
  readonly name: string;
  readonly insee: string | null;
  readonly ofStreet: boolean;
  commune: string | null;
  instruction: string | null;
  readonly streams: Map<string, WasteStream>;
  readonly rounds: CollectionRound[];
  readonly days: DatedCollection[];
  readonly polygons: WasteSector['polygons'][number][];
  readonly sources: Set<WasteSource>;
};

type Sourced = { readonly row: Row; readonly source: WasteSource };

/** What a row says of no commune and no sector is said of all of them. */
export function territoryWaste(tables: readonly WasteTable[]): TerritoryWaste {
  const of = (kind: WasteKind): readonly Sourced[] =>
    tables.filter((table) => table.kind === kind).flatMap(({ rows, source }) => rows.map((row) => ({ row, source })));
  const drafts = new Map<string, Draft>();
  const streets: WasteStreet[] = [];
  const draftOf = (row: Row, source: WasteSource, name: string, ofStreet = false): Draft => {
    const insee = row.text('code_insee');
    const id = slugify(`${insee ?? ''} ${name}`);
    const draft = drafts.get(id) ?? emptyDraft(id, name, insee, ofStreet);
    drafts.set(id, draft);
    draft.commune ??= row.text('commune');
    draft.instruction ??= row.text('consigne');
    draft.sources.add(source);
    return draft;
  };
  for (const { row, source } of of('sectors')) {
    const name = row.text('secteur');
    if (name !== null) draftOf(row, source, name).polygons.push(...polygonsOf(row.shape));
  }
  for (const { row, source } of of('rounds')) {
    const street = row.text('voie');
    const sector = row.text('secteur');
    const round = roundOf(row);
    if ((sector ?? street) === null || round === null) continue;
    const draft = draftOf(row, source, sector ?? sideOf(row, street ?? ''), sector === null);
    draft.rounds.push(round);
    draft.streams.set(round.stream, streamOf(round.stream, row.text('bac')));
    if (street !== null) streets.push(streetOf(row, street, draft.id));
  }
  for (const { row, source } of of('dates')) {
    const [name, stream, date] = [row.text('secteur'), row.text('flux'), dayOf(row, 'date_collecte')];
    if (name === null || stream === null || date === null) continue;
    const draft = draftOf(row, source, name);
    draft.days.push({ date, sector: null, stream, usual: dayOf(row, 'date_habituelle'), reason: row.text('motif') });
    draft.streams.set(stream, streamOf(stream, row.text('bac')));
  }
  for (const { row, source } of of('streets')) {
    const street = row.text('voie');
    if (street === null) continue;
    const sector = row.text('secteur');
    const draft = draftOf(row, source, sector ?? sideOf(row, street), sector === null);
    if (sector === null) readNotice(draft, row.text('jours') ?? '');
    streets.push(streetOf(row, street, draft.id));
  }
  const exceptions = of('exceptions');
  const holidays = of('holidays');
  const sectors = [...drafts.values()].map((draft) => finished(draft, exceptions, holidays));
  return {
    sectors: new Map(sectors.map((sector) => [sector.id, sector])),
    streets,
    centres: of('centres').flatMap(centreOf),
    sorting: of('sorting').flatMap(sortingOf),
    bulky: of('bulky').flatMap(({ row, source }) => {
      const mode = row.text('mode');
      const [insee, commune, phone] = [row.text('code_insee'), row.text('commune'), row.text('telephone')];
      const [web, conditions] = [row.text('site_web'), row.text('conditions')];
      return mode === null ? [] : [{ mode, insee, commune, phone, web, conditions, source }];
    }),
  };
}

/** The two sides of a street may have days of their own. */
function sideOf(row: Row, street: string): string {
  return `${street} ${row.text('cote') ?? ''}`.trim();
}

function emptyDraft(id: string, name: string, insee: string | null, ofStreet: boolean): Draft {
  return {
    id,
    name,
    insee,
    ofStreet,
    commune: null,
    instruction: null,
    streams: new Map(),
    rounds: [],
    days: [],
    polygons: [],
    sources: new Set(),
  };
}

function dayOf(row: Row, name: string): string | null {
  const day = row.text(name)?.slice(0, 10) ?? '';
  return isDay(day) ? day : null;
}

/** « bac jaune » when the table gives its colour, else what is collected. */
function streamOf(code: string, bin: string | null): WasteStream {
  if (bin === null) return { code, label: code, colour: null };
  const named = /^(bac|sac|poubelle|conteneur)/i.test(bin);
  return { code, label: named ? bin : `bac ${bin}`, colour: bin.replace(/^\S+\s+(?=\S)/, '') };
}

function roundOf(row: Row): CollectionRound | null {
  const stream = row.text('flux');
  const weekday = frenchWeekdays.indexOf(row.text('jour')?.toLowerCase() ?? '');
  const rrule = row.text('regle') ?? (weekday === -1 ? null : `FREQ=WEEKLY;BYDAY=${weekdayCodes[weekday]}`);
  if (stream === null || rrule === null) return null;
  const weeks = { paire: 'even', impaire: 'odd' } as const;
  const [from, to] = [row.text('saison_debut'), row.text('saison_fin')];
  const season: Season | null = from === null || to === null ? null : { from, to };
  const [begins, ends] = [row.text('heure_debut'), row.text('heure_fin')];
  return {
    sector: null,
    stream,
    rrule,
    start: dayOf(row, 'premiere_date'),
    until: dayOf(row, 'derniere_date'),
    weeks: weeks[row.text('semaine') as keyof typeof weeks] ?? 'all',
    season,
    dates: [],
    timeWindow: begins === null ? null : [begins, ends].flatMap((each) => each?.slice(0, 5) ?? []).join(' – '),
  };
}

function readNotice(draft: Draft, notice: string): void {
  for (const round of roundsOfText(notice, null).rounds) {
    const stream = round.stream ?? 'collecte';
    draft.rounds.push({ ...round, stream });
    const colour = /^(jaune|bleu|vert|gris|marron|noir|rouge|orange)$/.test(stream) ? stream : null;
    draft.streams.set(stream, streamOf(stream, colour));
  }
}

function streetOf(row: Row, name: string, sector: string): WasteStreet {
  const side = row.text('cote');
  return {
    key: streetKey(name),
    name,
    insee: row.text('code_insee'),
    side: side === 'pair' ? 'even' : side === 'impair' ? 'odd' : null,
    from: row.number('numero_debut'),
    to: row.number('numero_fin'),
    sector,
  };
}

function finished(draft: Draft, exceptions: readonly Sourced[], holidays: readonly Sourced[]): WasteSector {
  const here = ({ row }: Sourced) => {
    const [insee, sector] = [row.text('code_insee'), row.text('secteur')];
    return (
      (insee === null || draft.insee === null || insee === draft.insee) &&
      (sector === null || slugify(sector) === slugify(draft.name))
    );
  };
  const own = exceptions.filter(here);
  const rules = holidays.filter(here);
  // The rule of the commune before that of the territory.
  const rule = rules.find(({ row }) => row.text('code_insee') !== null) ?? rules[0];
  const sources = new Set([...draft.sources, ...own.map(({ source }) => source)]);
  if (rule !== undefined) sources.add(rule.source);
  return {
    id: draft.id,
    name: draft.name,
    insee: draft.insee,
    ofStreet: draft.ofStreet,
    commune: draft.commune,
    instruction: draft.instruction,
    polygons: draft.polygons,
    sources: [...sources],
    calendar: {
      streams: [...draft.streams.values()],
      rounds: draft.rounds,
      days: draft.days,
      exceptions: own.flatMap(({ row }) => exceptionOf(row) ?? []),
      holidayRule: rule === undefined ? null : holidayRuleOf(rule.row),
    },
  };
}

function exceptionOf(row: Row): CollectionException | null {
  const date = dayOf(row, 'date');
  if (date === null) return null;
  // The row is already one of this sector.
  return {
    date,
    newDate: dayOf(row, 'nouvelle_date'),
    sector: null,
    stream: row.text('flux'),
    reason: row.text('motif') ?? '',
  };
}

const ruleKinds: Readonly<Record<string, HolidayRuleKind>> = {
  collecte: 'collected',
  supprimée: 'cancelled',
  lendemain: 'day-after',
  veille: 'day-before',
  'semaine décalée': 'rest-of-week',
};

function holidayRuleOf(row: Row): HolidayRule | null {
  const kind = ruleKinds[row.text('regle') ?? ''];
  if (kind === undefined) return null;
  const last = frenchWeekdays.indexOf(row.text('dernier_jour') ?? 'samedi') + 1;
  return {
    kind,
    lastWeekday: last === 0 ? 6 : last,
    zone: row.text('zone') === 'alsace-moselle' ? 'alsace-moselle' : 'metropole',
    observed: row.text('feries_observes')?.split('|') ?? null,
  };
}

function centreOf({ row, source }: Sourced) {
  const [name, hours] = [row.text('nom'), row.text('horaires')];
  if (name === null || hours === null) return [];
  return [
    {
      name,
      hours,
      address: row.text('adresse'),
      insee: row.text('code_insee'),
      commune: row.text('commune'),
      lat: row.number('latitude'),
      lon: row.number('longitude'),
      closed: row.text('fermetures')?.split('|') ?? [],
      accepted: row.text('dechets_acceptes')?.split('|') ?? [],
      card: row.flag('carte_obligatoire'),
      limit: row.text('limite'),
      phone: row.text('telephone'),
      web: row.text('site_web'),
      source,
    },
  ];
}

function sortingOf({ row, source }: Sourced) {
  const [waste, destination] = [row.text('dechet'), row.text('destination')];
  if (waste === null || destination === null) return [];
  const synonyms = row.text('synonymes')?.split('|') ?? [];
  return [{ waste, destination, synonyms, instruction: row.text('consigne'), link: row.text('lien'), source }];
}
